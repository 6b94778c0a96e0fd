"""Shares of a worker's time, with work whose length the tests prescribe."""

from __future__ import annotations

from collections import Counter

import pytest

from app.models import Priority
from app.services.jobs.queue import PICTURES, SHARES
from app.worker.time_shares import TimeShares

INTERACTIVE, NORMAL, BATCH = Priority.INTERACTIVE, Priority.NORMAL, Priority.BATCH


def time_of_each(waiting: dict[int, float], *, pieces: int = 3000) -> dict[int, float]:
    """The share of a slot's time that each kind gets. waiting: seconds of each piece of work."""
    shares, spent = TimeShares(), Counter[int]()
    for _ in range(pieces):
        due = [kind for kind in shares.due() if kind in waiting]
        for kind in shares.due():
            if kind not in waiting:
                shares.has_none(kind)
        kind = due[0] if due else min(waiting)
        shares.charge(kind, waiting[kind], first=bool(due))
        spent[kind] += waiting[kind]
    return {kind: seconds / sum(spent.values()) for kind, seconds in spent.items()}


@pytest.mark.parametrize("seconds", [0.05, 0.7, 5.0])
@pytest.mark.parametrize("urgent", [0.05, 0.7, 5.0])
def test_everything_that_waits_gets_its_share(seconds, urgent):
    kinds = {INTERACTIVE: urgent, NORMAL: seconds, BATCH: seconds, PICTURES: seconds}
    parts = time_of_each(kinds)
    for kind, share in SHARES.items():
        assert parts[kind] == pytest.approx(share, abs=0.02)


def test_batch_has_a_quarter_and_the_rest_is_for_people_who_wait():
    parts = time_of_each({INTERACTIVE: 0.4, BATCH: 3.0})
    assert parts[BATCH] == pytest.approx(0.25, abs=0.01)


def test_work_that_was_alone_has_saved_up_nothing_and_owes_nothing():
    shares = TimeShares()
    shares.charge(BATCH, 3600)
    assert BATCH not in shares.due()
    shares.charge(INTERACTIVE, 4.1)
    assert BATCH in shares.due()


def test_kind_with_nothing_to_do_saves_up_nothing():
    shares = TimeShares()
    shares.charge(INTERACTIVE, 3600)
    shares.has_none(BATCH)
    assert BATCH not in shares.due()


def test_long_page_of_a_batch_does_not_bring_a_second_one_at_the_same_time():
    shares = TimeShares(slots=2)
    shares.charge(INTERACTIVE, 100)
    with shares.timed(BATCH, first=True):
        shares.charge(INTERACTIVE, 100)
        assert BATCH not in shares.due()
    assert BATCH in shares.due()


def test_time_is_charged_in_the_middle_of_a_long_document(monkeypatch):
    now = iter([0.0, 6.0, 10.0])
    monkeypatch.setattr("app.worker.time_shares.monotonic", lambda: next(now))
    shares = TimeShares()
    with shares.timed(INTERACTIVE) as charge:
        assert shares.due() == []
        charge()
        assert set(shares.due()) == {NORMAL, BATCH}
