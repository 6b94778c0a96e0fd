from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from app.models import ids


def test_ids_of_one_process_sort_in_the_order_in_which_they_were_made():
    made = [ids.new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ids_are_uuids_of_version_7_that_tell_the_millisecond():
    moment = datetime.now(UTC)
    made = ids.new_id()
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert ids.first_id(moment) < made < ids.first_id(moment + timedelta(minutes=1))


def test_a_clock_set_back_a_little_does_not_turn_the_order_round(monkeypatch):
    before, now = ids.new_id(), time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now - 2_000_000_000)
    assert ids.new_id() > before


def test_a_clock_set_back_by_far_is_believed(monkeypatch):
    before, now = ids.new_id(), time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now - 3600 * 10**9)
    assert ids.new_id() < before
