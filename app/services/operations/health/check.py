"""One check of the site's readiness, which may hang, in a thread with a time limit."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, connection

from app.ocr.errors import OcrError
from app.services.operations.transient_errors import transient_errors

logger = logging.getLogger(__name__)

SECONDS = 2.0
# An answer is reused for this time: the endpoint is public and may be called at any rate.
FRESH_SECONDS = 1.0


class CheckFailed(Exception):
    """The message, for the log, says what is missing."""


def _failures() -> tuple[type[Exception], ...]:
    """Errors that mean a failed check; any other is a bug."""
    return (CheckFailed, DatabaseError, OcrError, *transient_errors())


class Check:
    """Runs an action that may hang (a network folder, a database) in a thread, for `seconds`.

    While an earlier run hangs, no other is started: a folder that hangs for hours costs one thread,
    not one for each request.
    """

    def __init__(self, name: str, action: Callable[[], None], *, seconds: float = SECONDS) -> None:
        self.name = name
        self.action = action
        self.seconds = seconds
        self._thread: threading.Thread | None = None
        self._passed = False
        self._fresh_until = 0.0
        self._lock = threading.Lock()

    def passes(self) -> bool:
        """Whether the check succeeds in time. The reason of a failure is logged."""
        with self._lock:
            if self._hangs():
                return False
            if time.monotonic() < self._fresh_until:
                return self._passed
            self._passed = False
            self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
            self._thread.start()
            self._thread.join(self.seconds)
            if self._hangs():
                logger.error("health: %s takes longer than %g s", self.name, self.seconds)
                return False
            self._fresh_until = time.monotonic() + FRESH_SECONDS
            return self._passed

    def expire(self) -> None:
        """Makes the next request run the action again."""
        self._fresh_until = 0.0

    def _hangs(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _run(self) -> None:
        try:
            self.action()
            self._passed = True
        except _failures() as error:
            logger.error("health: %s: %s", self.name, error)
        finally:
            connection.close()
