"""Signed links to original files, which open without a login while the entry exists."""

from __future__ import annotations

from django.core import signing

from app.models import Job

from . import lookups

SALT = "app.services.history.image_links"


def token(*, job: Job) -> str:
    return signing.dumps(str(job.pk), salt=SALT)


def job_of(*, token: str) -> Job | None:
    """The job of the link; None for forged links and deleted entries."""
    try:
        return lookups.entry(pk=signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return None
