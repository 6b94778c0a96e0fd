"""Read-only links to entries: unguessable, expiring and revocable."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from app.models import Job, Share
from app.ocr.errors import OcrError

MAX_DAYS = 365


def create(*, job: Job, days: int) -> Share:
    """Raises OcrError(bad_option)."""
    if not 1 <= days <= MAX_DAYS:
        raise OcrError("bad_option", f"A link lives for 1 to {MAX_DAYS} days.")
    expires_at = timezone.now() + timedelta(days=days)
    share: Share = Share.objects.create(job=job, expires_at=expires_at)
    return share


def revoke(*, job: Job, pk: int) -> bool:
    """Ends a link of the entry; whether there was one."""
    return bool(Share.objects.filter(job=job, pk=pk).delete()[0])


def find(*, token: str) -> Job | None:
    """The entry that a link shows; None for an expired, revoked or unknown link."""
    share = find_link(token=token)
    return share.job if share else None


def find_link(*, token: str) -> Share | None:
    """The link with its entry; None as in `find`."""
    links = Share.objects.open_at(timezone.now()).select_related("job__upload")
    found: Share | None = links.filter(token=token).first()
    return found
