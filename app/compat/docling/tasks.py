"""Tasks of docling-serve: started jobs under one id, which carries the form of the result."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.urls import re_path
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.recognition import find
from app.models import Job, Status
from app.ocr.errors import OcrError
from app.services import jobs

from .answers import answer
from .options import AnswerForm
from .view import DoclingView

UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# Ids of the jobs and the signed AnswerForm.
TASK = rf"(?P<ids>{UUID}(?:\.{UUID})*)-(?P<form>[\w.:-]+)"
NO_TASK = "Task not found."  # clients compare both messages
NO_RESULT = "Task result not found. Please wait for a completion status."


class PollView(DoclingView):
    """State of a task; `?wait=` waits that many seconds for its end."""

    def get(self, request: Request, ids: str, form: str) -> Response:
        found, wanted = own_task(request, ids, form)
        deadline = time.monotonic() + wait_seconds(request)
        for job in found:
            left = deadline - time.monotonic()
            if not job.ended and left > 0:
                jobs.wait(job=job, seconds=left)
        return Response(task_status(found, f"{ids}-{form}", wanted))


class ResultView(DoclingView):
    def get(self, request: Request, ids: str, form: str) -> HttpResponse:
        found, wanted = own_task(request, ids, form)
        done = [job for job in found if job.status == Status.DONE]
        if not done or not all(job.ended for job in found):
            raise OcrError("not_found", NO_RESULT)
        return answer(done, wanted)


def task_status(found: Sequence[Job], task: str, form: AnswerForm) -> dict[str, Any]:
    ended = [job for job in found if job.ended]
    succeeded = [job for job in ended if job.status == Status.DONE]
    failed = [job for job in ended if job.status != Status.DONE]
    return {
        "task_id": task,
        "task_type": "chunk" if form.chunker else "convert",
        "task_status": state_of(found),
        "task_position": None,
        "task_meta": {
            "num_docs": len(found),
            "num_processed": len(ended),
            "num_succeeded": len(succeeded),
            "num_failed": len(failed),
        },
        "error_message": next((job.error_message for job in failed), None),
    }


def state_of(found: Sequence[Job]) -> str:
    """A task succeeds if any of its files does."""
    if not all(job.ended for job in found):
        waiting = all(job.status == Status.QUEUED for job in found)
        return "pending" if waiting else "started"
    return "success" if any(job.status == Status.DONE for job in found) else "failure"


def own_task(request: Request, ids: str, form: str) -> tuple[list[Job], AnswerForm]:
    """Raises OcrError(not_found)."""
    try:
        wanted = AnswerForm.from_signed(form)
        return [find(request, job) for job in ids.split(".")], wanted
    except (OcrError, signing.BadSignature):
        raise OcrError("not_found", NO_TASK) from None


def wait_seconds(request: Request) -> float:
    try:
        asked = float(request.query_params.get("wait", 0))
    except ValueError:
        raise OcrError("bad_request", "wait must be a number of seconds.") from None
    return min(asked, settings.SYNC_SECONDS) if asked > 0 else 0


urlpatterns = [
    re_path(rf"^v1(?:alpha)?/status/poll/{TASK}$", PollView.as_view()),
    re_path(rf"^v1(?:alpha)?/result/{TASK}$", ResultView.as_view()),
]
