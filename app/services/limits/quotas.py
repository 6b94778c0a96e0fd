"""Pages per day (UTC), counted for the caller that submitted the file when they are recognized."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Sum

from app.models import Job, Usage

from .caller import Caller, account_subject

RETENTION_DAYS = 90
# Plain SQL, because every upload and page needs them: the query builder takes ten times as long.
ADD_PAGE = """
INSERT INTO app_usage (day, subject, owner_id, pages) VALUES (%s, %s, %s, 1)
ON CONFLICT (day, subject) DO UPDATE SET pages = app_usage.pages + 1
"""
PAGES_OF_SUBJECT = "SELECT SUM(pages) FROM app_usage WHERE day = %s AND subject = %s"
PAGES_OF_OWNER = "SELECT SUM(pages) FROM app_usage WHERE day = %s AND owner_id = %s"


def add_page(*, job: Job) -> None:
    """Counts one page for the job's caller; jobs without a known caller are not counted."""
    subject = job.charged_to or (account_subject(job.owner_id) if job.owner_id else "")
    if not subject:
        return
    with connection.cursor() as cursor:
        cursor.execute(ADD_PAGE, [_today().isoformat(), subject, job.owner_id])


def exceeded(*, caller: Caller) -> bool:
    """Whether today's pages reach the quota of the key, or of the account with all its keys."""
    own_limit = caller.key.pages_per_day if caller.key else None
    if own_limit is not None and _pages(PAGES_OF_SUBJECT, caller.subject) >= own_limit:
        return True
    limit = limit_of(caller)
    if not limit:
        return False
    if caller.owner:
        return pages_today(owner=caller.owner) >= limit
    return _pages(PAGES_OF_SUBJECT, caller.subject) >= limit


def limit_of(caller: Caller) -> int:
    """Pages per day of the account or of the address; 0 means no limit."""
    limit: int = settings.QUOTA_ACCOUNT if caller.owner else settings.QUOTA_ANONYMOUS
    return limit


def pages_today(*, owner: User) -> int:
    """Today's pages of the account and all its keys, which count against QUOTA_ACCOUNT."""
    return _pages(PAGES_OF_OWNER, owner.pk)


def pages_by_day(*, owner: User, days: int) -> dict[date, int]:
    """Pages of the account and all its keys on each of the last days, oldest first."""
    first = _today() - timedelta(days=days - 1)
    rows = Usage.objects.filter(owner=owner, day__gte=first).order_by().values_list("day")
    counted = dict(rows.annotate(Sum("pages")))
    return {day: counted.get(day, 0) for day in (first + timedelta(days=n) for n in range(days))}


def delete_old() -> None:
    """Deletes counts that no page shows any longer."""
    Usage.objects.filter(day__lt=_today() - timedelta(days=RETENTION_DAYS)).delete()


def seconds_to_midnight() -> int:
    """Seconds until the quotas start again."""
    midnight = datetime.combine(_today() + timedelta(days=1), time(), UTC)
    return int((midnight - datetime.now(UTC)).total_seconds()) + 1


def _today() -> date:
    return datetime.now(UTC).date()


def _pages(query: str, of: int | str) -> int:
    """Today's pages of a subject or owner."""
    with connection.cursor() as cursor:
        cursor.execute(query, [_today().isoformat(), of])
        return int(cursor.fetchone()[0] or 0)
