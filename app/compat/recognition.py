"""How contracts have files recognized: now and waiting, or later under a task id."""

from __future__ import annotations

import time
import uuid

from django.conf import settings
from django.core.files.base import ContentFile, File
from rest_framework.request import Request

from app.api.throttling import sender_of
from app.models import Job
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.ocr.result import Page
from app.services import jobs
from app.services.history import entries
from app.services.submission import intake, uploads

TOO_SLOW = OcrError(
    "page_timeout", "The recognition took too long. Send fewer or smaller pages.", permanent=False
)
BUSY = OcrError(
    "unavailable", "Too many requests wait for their text. Try again soon.", permanent=False
)


def recognize(
    request: Request, content: File | bytes, options: Options | None = None, *, name: str = ""
) -> Job:
    """The finished job. Raises OcrError, also when the time that a request may wait runs out."""
    deadline = _deadline(request)
    job = _submit(request, content, options, name, visitor=uploads.new_visitor())
    job = intake.outcome(job=job, wait_seconds=deadline - time.monotonic())
    if not job.ended:
        # Nobody would ever ask for the result of a request that was answered with an error.
        jobs.cancel(job=job)
        raise TOO_SLOW if time.monotonic() >= deadline else BUSY
    return job


def recognize_pages(
    request: Request, content: File | bytes, options: Options | None = None, *, name: str = ""
) -> list[Page]:
    """The result trees, where the contract shows nothing else of a job."""
    return entries.pages(job=recognize(request, content, options, name=name))


def start(request: Request, content: File | bytes, options: Options | None = None) -> uuid.UUID:
    """Leaves the file to a worker; the task id by which find() gets its job.

    For callers without an account the id is at the same time the secret that shows the job.
    """
    task_id = uuid.uuid4()
    job = _submit(request, content, options, "", visitor=str(task_id))
    return task_id if job.owner_id is None else job.pk


def find(request: Request, task_id: str) -> Job:
    """The job of a task that this caller started. Raises OcrError(not_found)."""
    known = _canonical(task_id)
    found = Job.objects.visible_to(request.user, known)
    if request.user.is_authenticated:
        # Staff may see everybody's, but no task of theirs is somebody else's.
        found = found.filter(pk=known, owner=request.user) if known else found.none()
    job: Job | None = found.select_related("upload").first()
    if job is None:
        raise OcrError("not_found", "There is no such task.")
    return job


def _deadline(request: Request) -> float:
    """When the request has waited long enough, by time.monotonic(): all its files share the time,
    or many of them would hold it longer than the servers in front of the site allow."""
    if not hasattr(request, "deadline"):
        request.deadline = time.monotonic() + settings.SYNC_SECONDS
    return float(request.deadline)


def _submit(
    request: Request, content: File | bytes, options: Options | None, name: str, *, visitor: str
) -> Job:
    return intake.submit(
        content=ContentFile(content, name=name) if isinstance(content, bytes) else content,
        name=name,
        owner=request.user if request.user.is_authenticated else None,
        visitor=visitor,
        options=options or Options(),
        charged_to=sender_of(request).subject,
    )


def _canonical(task_id: str) -> str:
    """The id as start() wrote it, whatever the client did to its hyphens; "" for what is none."""
    try:
        return str(uuid.UUID(task_id))
    except (ValueError, AttributeError, TypeError):
        return ""
