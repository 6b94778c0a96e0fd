"""The one way in: every page, API and vendor contract sends its file through here."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import File

from app.engines.catalog import check_languages
from app.models import Job, Priority, Status
from app.ocr.errors import OcrError
from app.ocr.options import Options

from . import jobs, results, uploads
from .engines import engine_config

# Faults of the file or of what was asked: nothing worth keeping was stored.
REJECTIONS = frozenset(
    {
        "bad_option",
        "bad_pages",
        "engine_unavailable",
        "password_required",
        "too_many_pages",
        "too_many_pixels",
        "unknown_engine",
        "unknown_language",
        "unreadable_image",
        "unsupported_type",
        "wrong_password",
    }
)


def max_bytes(owner: User | None) -> int:
    """How large a file this sender may send."""
    limit: int = settings.ACCOUNT_MAX_BYTES if owner else settings.ANONYMOUS_MAX_BYTES
    return limit


def recognize(
    *,
    content: File,
    name: str,
    owner: User | None,
    visitor: str = "",
    options: Options,
    wait_seconds: float,
    priority: Priority = Priority.INTERACTIVE,
    charged_to: str = "",
) -> Job:
    """Stores the file, queues its recognition and waits for it, at most `wait_seconds`.

    The job comes back done, or unfinished when the time ran out. Raises OcrError for what store()
    refuses and for any failure of the recognition; a rejected file leaves nothing behind.
    """
    check_options(options)
    upload = uploads.store(
        content=content, name=name, owner=owner, visitor=visitor, max_bytes=max_bytes(owner)
    )
    job = jobs.submit(
        upload=upload, options=options, priority=priority, charged_to=charged_to
    )
    job = jobs.wait(job=job, seconds=wait_seconds)
    if job.status == Status.FAILED:
        if job.error_code in REJECTIONS:
            results.delete(jobs=[job])
        raise OcrError(job.error_code, job.error_message)
    return job


def check_options(options: Options) -> None:
    """Raises OcrError(unknown_engine, engine_unavailable, unknown_language) before a file is stored."""
    check_languages(engine_config(), options.engine, options.languages)
