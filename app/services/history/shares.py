"""Read-only links to entries: unguessable, expiring and revocable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from app.models import Job, Share
from app.ocr.errors import OcrError

MAX_DAYS = 365
FORMATS = ("pdf", "docx", "xlsx", "txt")  # names in app.exports, in the order of the page


def create(*, job: Job, days: int, formats: Sequence[str] = FORMATS, password: str = "") -> Share:
    """Creates a link. formats: those of FORMATS that may be downloaded. password: empty for none.

    Raises OcrError(bad_option).
    """
    if unknown := set(formats) - set(FORMATS):
        raise OcrError("bad_option", f"A link cannot offer {min(unknown)[:40]}.")
    if not 1 <= days <= MAX_DAYS:
        raise OcrError("bad_option", f"A link lives for 1 to {MAX_DAYS} days.")
    expires_at = timezone.now() + timedelta(days=days)
    share: Share = Share.objects.create(
        job=job,
        expires_at=expires_at,
        formats=[name for name in FORMATS if name in formats],
        password=make_password(password) if password else "",
    )
    return share


def unlock(*, share: Share, password: str) -> str:
    """A proof of the right password, for `is_unlocked`; empty for a wrong password."""
    return proof(share) if check_password(password, share.password) else ""


def offers(*, share: Share, format: str) -> bool:
    """Whether the format may be downloaded; a link that offers tables offers them as CSV too."""
    return format in share.formats or (format == "csv" and "xlsx" in share.formats)


def is_unlocked(*, share: Share, given: str) -> bool:
    """Whether the link has no password, or `unlock` gave that proof."""
    return not share.password or constant_time_compare(given, proof(share))


def proof(share: Share) -> str:
    """Derived from the hash, so it reveals nothing about the password and expires with the link."""
    mac = salted_hmac("app.services.shares", f"{share.pk}:{share.password}", algorithm="sha256")
    return mac.hexdigest()


def revoke(*, job: Job, pk: int) -> bool:
    """Revokes a link of the entry. Returns whether it existed."""
    return bool(Share.objects.filter(job=job, pk=pk).delete()[0])


def find(*, token: str) -> Share | None:
    """The link with its entry; None for an expired, revoked or unknown link."""
    links = Share.objects.open_at(timezone.now()).select_related("job__upload")
    found: Share | None = links.filter(token=token).first()
    return found
