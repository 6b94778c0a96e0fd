"""Trends of the site for its staff: waiting times, failures, engines and accounts by day.

Each covers a range of days. Jobs are found by their ids, which sort by time, so no other row is
read; a very busy range is limited to the newest MOST_JOBS.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil

from django.db.models import Count, QuerySet, Sum

from app.models import Job, Status, Usage
from app.models.ids import first_id

MOST_DAYS = 92
MOST_JOBS = 50_000
MOST_ACCOUNTS = 10


@dataclass(frozen=True, slots=True)
class Days:
    """A range of days in UTC, including both ends."""

    first: date
    last: date

    @classmethod
    def ending_today(cls, count: int) -> Days:
        """The last `count` days, limited to 1 … MOST_DAYS."""
        today = datetime.now(UTC).date()
        return cls(today - timedelta(days=min(max(count, 1), MOST_DAYS) - 1), today)

    @property
    def all(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds from submission to start, median and 95th percentile; None without jobs."""

    half: float | None
    most: float | None


def jobs_of(days: Days) -> QuerySet[Job]:
    after = datetime.combine(days.last + timedelta(days=1), time(), UTC)
    start = first_id(datetime.combine(days.first, time(), UTC))
    return Job.objects.filter(pk__gte=start, pk__lt=first_id(after)).order_by()


def pages_by_engine(days: Days) -> dict[str, list[int]]:
    """Recognized pages of every day, by engine, the engine with most pages first.

    Pages copied from an earlier result do not count.
    """
    done = jobs_of(days).filter(status=Status.DONE, cached=False)
    counts: dict[str, Counter[date]] = {}
    rows = done.order_by("-pk").values_list("engine_used", "created_at", "pages_done")
    for engine, created_at, pages in rows[:MOST_JOBS]:
        counts.setdefault(engine, Counter())[created_at.date()] += pages
    series = {name: [by_day[day] for day in days.all] for name, by_day in counts.items()}
    return dict(sorted(series.items(), key=lambda entry: (-sum(entry[1]), entry[0])))


def waits(days: Days) -> list[Wait]:
    """Waiting times, by day, of the jobs that have started."""
    seconds: dict[date, list[float]] = {day: [] for day in days.all}
    started = jobs_of(days).filter(started_at__isnull=False, cached=False)
    rows = started.order_by("-pk").values_list("created_at", "started_at")
    for created_at, started_at in rows[:MOST_JOBS]:
        if started_at:
            waited = (started_at - created_at).total_seconds()
            seconds[created_at.date()].append(max(0.0, waited))
    return [Wait(percentile(found, 0.5), percentile(found, 0.95)) for found in seconds.values()]


def percentile(values: Iterable[float], share: float) -> float | None:
    """The smallest value that this share of all values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else None


def failures(days: Days) -> list[tuple[str, int]]:
    """(error code, number of jobs), the most frequent first."""
    failed = jobs_of(days).filter(status=Status.FAILED).values_list("error_code")
    return list(failed.annotate(jobs=Count("pk")).order_by("-jobs", "error_code")[:20])


def busiest_accounts(days: Days) -> list[tuple[str, int]]:
    """(user name, pages) of the accounts with most pages; an empty name sums up callers without an
    account."""
    used = Usage.objects.filter(day__range=(days.first, days.last), pages__gt=0).order_by()
    rows = used.values_list("owner__username").annotate(total=Sum("pages"))
    return [(name or "", pages) for name, pages in rows.order_by("-total")[:MOST_ACCOUNTS]]
