"""Pages per day (UTC). They count when they were recognized, against whoever sent the file."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db.models import F, QuerySet, Sum

from app.models import Job, Usage

from .senders import Sender, account_subject

KEPT_DAYS = 90


def add_page(*, job: Job) -> None:
    """One more page for the job's sender; a job of nobody in particular counts for nobody."""
    subject = job.charged_to or (account_subject(job.owner_id) if job.owner_id else "")
    if not subject:
        return
    row = {"day": _today(), "subject": subject}
    Usage.objects.get_or_create(**row, defaults={"owner_id": job.owner_id})
    Usage.objects.filter(**row).update(pages=F("pages") + 1)


def exceeded(*, sender: Sender) -> bool:
    """Whether the pages of today reach the key's own quota, or the account's over all its keys."""
    used = Usage.objects.filter(day=_today())
    by_sender = used.filter(subject=sender.subject)
    own_limit = sender.key.pages_per_day if sender.key else None
    if own_limit is not None and _pages(by_sender) >= own_limit:
        return True
    if sender.owner:
        return _reached(settings.QUOTA_ACCOUNT, used.filter(owner=sender.owner))
    return _reached(settings.QUOTA_ANONYMOUS, by_sender)


def forget_old() -> None:
    """Deletes counts that no page shows any more."""
    Usage.objects.filter(day__lt=_today() - timedelta(days=KEPT_DAYS)).delete()


def seconds_to_midnight() -> int:
    """Until the quotas begin anew."""
    midnight = datetime.combine(_today() + timedelta(days=1), time(), UTC)
    return int((midnight - datetime.now(UTC)).total_seconds()) + 1


def _today() -> date:
    return datetime.now(UTC).date()


def _reached(limit: int, rows: QuerySet[Usage]) -> bool:
    """A limit of 0 is none."""
    return bool(limit) and _pages(rows) >= limit


def _pages(rows: QuerySet[Usage]) -> int:
    return rows.aggregate(total=Sum("pages"))["total"] or 0
