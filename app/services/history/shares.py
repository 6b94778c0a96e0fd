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


def find(*, token: str) -> Job | None:
    """The entry that a link shows, or None when it does not work (any more)."""
    links = Share.objects.open_at(timezone.now()).select_related("job__upload")
    share = links.filter(token=token).first()
    return share.job if share else None
