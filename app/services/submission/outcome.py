"""The outcome of a submitted recognition, for callers that wait for it."""

from __future__ import annotations

from app.models import Job, Status
from app.ocr.errors import OcrError
from app.services import jobs
from app.services.history import entries
from app.services.limits.caller import Caller

from .submit import SubmissionRequest, submit

# Errors of the file or its options, whose entry would contain nothing useful.
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


def recognize(
    request: SubmissionRequest,
    *,
    caller: Caller,
    wait_seconds: float,
    max_pages: int | None = None,
) -> Job:
    """submit(), then outcome()."""
    job = submit(request, caller=caller)
    return outcome(job=job, wait_seconds=wait_seconds, max_pages=max_pages)


def outcome(*, job: Job, wait_seconds: float, max_pages: int | None = None) -> Job:
    """Waits for the job and returns it, finished, or unfinished after the time limit.

    max_pages: it does not wait for longer documents. Raises OcrError for any failure of the
    recognition; a rejected file leaves nothing behind.
    """
    job = jobs.wait(job=job, seconds=wait_seconds, max_pages=max_pages)
    if job.status == Status.FAILED and job.error_code in REJECTIONS:
        entries.delete(jobs=[job])
    check_outcome(job=job)
    return job


def check_outcome(*, job: Job) -> None:
    """Raises the OcrError of a failed or cancelled job."""
    if job.status in (Status.FAILED, Status.CANCELLED):
        raise OcrError(job.error_code, job.error_message, details=job.error_details)
