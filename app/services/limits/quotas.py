"""Pages per day (UTC), counted for the caller that submitted the file when they are recognized."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import F, QuerySet, Sum

from app.models import Job, Usage

from .caller import Caller, account_subject

RETENTION_DAYS = 90


def add_page(*, job: Job) -> None:
    """Counts one page for the job's caller; jobs without a known caller are not counted."""
    subject = job.charged_to or (account_subject(job.owner_id) if job.owner_id else "")
    if not subject:
        return
    row = {"day": _today(), "subject": subject}
    counted = Usage.objects.filter(**row)
    if not counted.update(pages=F("pages") + 1):  # the first page of the day
        Usage.objects.get_or_create(**row, defaults={"owner_id": job.owner_id})
        counted.update(pages=F("pages") + 1)


def exceeded(*, caller: Caller) -> bool:
    """Whether today's pages reach the quota of the key, or of the account with all its keys."""
    used = Usage.objects.filter(day=_today())
    by_caller = used.filter(subject=caller.subject)
    own_limit = caller.key.pages_per_day if caller.key else None
    if own_limit is not None and _pages(by_caller) >= own_limit:
        return True
    if caller.owner:
        return _reached(settings.QUOTA_ACCOUNT, used.filter(owner=caller.owner))
    return _reached(settings.QUOTA_ANONYMOUS, by_caller)


def limit_of(caller: Caller) -> int:
    """Pages per day of the account or of the address; 0 means no limit."""
    limit: int = settings.QUOTA_ACCOUNT if caller.owner else settings.QUOTA_ANONYMOUS
    return limit


def pages_today(*, owner: User) -> int:
    """Today's pages of the account and all its keys, which count against QUOTA_ACCOUNT."""
    return _pages(Usage.objects.filter(day=_today(), owner=owner))


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


def _reached(limit: int, rows: QuerySet[Usage]) -> bool:
    """Whether the limit is reached; 0 means no limit."""
    return bool(limit) and _pages(rows) >= limit


def _pages(rows: QuerySet[Usage]) -> int:
    return rows.aggregate(total=Sum("pages"))["total"] or 0
