"""A worker survives all errors and logs one line for transient ones."""

from __future__ import annotations

import errno
from collections.abc import Callable

import pytest
from django.db import OperationalError

from app.engines.base import EngineConfig
from app.worker.periodic import PeriodicTask
from app.worker.process import ProcessConfig
from app.worker.slot import Slot
from app.worker.slot_work import Common

TRANSIENT = [OSError(errno.ENOSPC, "No space left"), OperationalError("No space left")]


class NoWakeups:
    def wait(self, seconds: float) -> None:
        pass


@pytest.fixture(params=["slot", "task"])
def run_twice(request, monkeypatch) -> Callable[[Exception], int]:
    """Runs a thread's loop in this one: it fails, then stops. Returns the calls."""

    def run(error: Exception) -> int:
        calls = []

        def fail_then_stop() -> bool:
            calls.append(1)
            if len(calls) == 1:
                raise error
            thread.stopping.set()
            return True

        thread: Slot | PeriodicTask
        if request.param == "task":
            thread = PeriodicTask(fail_then_stop, seconds=0)
        else:
            config = ProcessConfig(EngineConfig(), "", 1, 0)
            thread = Slot(1, NoWakeups(), Common(), config)
            monkeypatch.setattr(thread, "work_once", fail_then_stop)
            monkeypatch.setattr(thread.process, "start", lambda: None)
        for name in ("connection.close", "close_old_connections"):
            # The test's transaction is on this connection.
            monkeypatch.setattr(f"{thread.__module__}.{name}", lambda: None)
        thread.run()
        return len(calls)

    return run


@pytest.mark.parametrize("error", TRANSIENT, ids=["disk", "database"])
def test_transient_error_is_one_line(run_twice, caplog, error):
    assert run_twice(error) == 2
    (record,) = caplog.records
    assert "No space left" in record.getMessage()
    assert not record.exc_info


def test_a_fault_of_the_code_has_its_traceback(run_twice, caplog):
    assert run_twice(ZeroDivisionError()) == 2
    (record,) = caplog.records
    assert record.exc_info[0] is ZeroDivisionError
