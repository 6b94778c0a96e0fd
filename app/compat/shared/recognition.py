"""Recognition for vendor APIs: within the request, or later under a task id."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.core.files.base import ContentFile, File
from rest_framework.request import Request

from app.http.bodies.size import max_file_bytes
from app.http.caller import caller_of
from app.http.request_state import state_of
from app.models import Job, Priority
from app.models.ids import parsed_id
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.ocr.result import Page, document_text
from app.services import jobs, submission
from app.services.history import entries
from app.services.limits.caller import Caller, new_visitor
from app.services.submission import SubmissionRequest

TOO_SLOW = OcrError(
    "page_timeout", "The recognition took too long. Send fewer or smaller pages.", permanent=False
)
BUSY = OcrError(
    "unavailable", "Too many requests wait for their text. Try again soon.", permanent=False
)


def recognize(
    request: Request, content: File | bytes, options: Options | None = None, *, name: str = ""
) -> Job:
    """Waits for the finished job. Raises OcrError, also when the waiting time runs out."""
    deadline = _deadline(request)
    caller = caller_of(request).with_visitor(new_visitor())
    job = _submit(request, content, options, name, caller)
    job = submission.outcome(job=job, wait_seconds=deadline - time.monotonic())
    if not job.ended:
        # The request fails, so the client would never fetch the result.
        jobs.cancel(job=job)
        raise TOO_SLOW if time.monotonic() >= deadline else BUSY
    return job


def recognize_pages(
    request: Request, content: File | bytes, options: Options | None = None, *, name: str = ""
) -> list[Page]:
    """The result trees, for vendor APIs that report nothing else about a job."""
    return entries.pages(job=recognize(request, content, options, name=name))


def tesseract_text(pages: Iterable[Page]) -> str:
    """Text as Tesseract prints it: ends in a newline; empty for blank pages."""
    text = document_text(pages)
    return text + "\n" if text else ""


def start(
    request: Request, content: File | bytes, options: Options | None = None, *, name: str = ""
) -> uuid.UUID:
    """Submits the file; returns the task id by which find() finds its job.

    For callers without an account, the id is also the secret that gives access to the job.
    """
    task_id = uuid.uuid4()
    caller = caller_of(request).with_visitor(str(task_id))
    job = _submit(request, content, options, name, caller)
    return task_id if job.owner_id is None else job.pk


def store(request: Request, content: bytes, *, name: str, title: str) -> None:
    """Stores a file for later requests and submits it now. title: of its entry."""
    wanted = SubmissionRequest(
        file=ContentFile(content, name=name),
        name=name,
        options=Options(),
        priority=Priority.NORMAL,
        cache=False,
        title=title,
    )
    submission.submit(wanted, caller=caller_of(request))


def find(request: Request, task_id: str) -> Job:
    """The job of a task that this caller started. Raises OcrError(not_found)."""
    known = str(parsed_id(task_id) or "")  # some clients drop the hyphens
    found = Job.objects.visible_to(request.user, known)
    if request.user.is_authenticated:
        # Staff may see all jobs, but only their own jobs are their tasks.
        found = found.filter(pk=known, owner=request.user) if known else found.none()
    job: Job | None = found.select_related("upload").first()
    if job is None:
        raise OcrError("not_found", "There is no such task.")
    return job


def _deadline(request: Request) -> float:
    """End of the request's waiting time, on the clock of time.monotonic().

    All files of the request share it: separate limits could add up to more than the servers in
    front of the site allow.
    """
    state = state_of(request)
    if state.deadline is None:
        state.deadline = time.monotonic() + settings.SYNC_SECONDS
    return state.deadline


def _submit(
    request: Request, content: File | bytes, options: Options | None, name: str, caller: Caller
) -> Job:
    file = ContentFile(content, name=name) if isinstance(content, bytes) else content
    wanted = SubmissionRequest(
        file=file, name=name, options=options or Options(), max_bytes=max_file_bytes(request)
    )
    return submission.submit(wanted, caller=caller)
