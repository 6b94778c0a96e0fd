"""`/image-sync` and `/image`, as the FastAPI service answered them. docs/compat/image-sync.md"""

from __future__ import annotations

import base64
import binascii
import uuid

from django.core.cache import cache
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.recognition import find, recognize_pages, start, tesseract_text
from app.compat.shared.view import FILE_CODES, CompatView, Failure
from app.http.bodies.base64 import DATA_URI
from app.models import Status
from app.ocr.errors import OcrError
from app.services.history import entries

from .fastapi import InvalidBody, body_text

WELCOME = (
    "Welcome to the OCR app! Use /image-sync for synchronous OCR or /image for asynchronous OCR."
)
REFUSED_SECONDS = 24 * 3600
# Messages of the old service, which came from Python and Pillow.
OLD_MESSAGES = {
    "empty_file": "cannot identify image file",
    "unreadable_image": "cannot identify image file",
    "unsupported_type": "cannot identify image file",
    "not_found": "Task ID not found",
    "method_not_allowed": "Method Not Allowed",
}


def decoded(text: str) -> bytes:
    """Decodes as the old service did: with Python's lenient rules and error messages."""
    try:
        return base64.b64decode(DATA_URI.sub("", text, count=1))
    except (binascii.Error, ValueError) as error:
        raise OcrError("bad_base64", str(error)) from error


class FastApiView(CompatView):
    switch = "COMPAT_IMAGE_SYNC"
    keyless = True

    def failure(self, failure: Failure) -> HttpResponse:
        status = 500 if failure.about_file else failure.status
        return Response({"detail": OLD_MESSAGES.get(failure.code, failure.message)}, status)

    def handle_exception(self, exc: Exception) -> HttpResponse:
        if isinstance(exc, InvalidBody):
            return Response({"detail": [exc.problem]}, 422)
        return super().handle_exception(exc)


class SyncView(FastApiView):
    def post(self, request: Request) -> Response:
        content = decoded(body_text(request._request, "image_data"))
        return Response({"text": tesseract_text(recognize_pages(request, content))})


class AsyncView(FastApiView):
    """Both methods carry a JSON body."""

    def post(self, request: Request) -> Response:
        """Accepts any image; GET returns its text or error."""
        image_data = body_text(request._request, "image_data")
        try:
            return Response({"task_id": start(request, decoded(image_data))})
        except OcrError as error:
            if error.code not in FILE_CODES:
                raise
            return Response({"task_id": remember_refusal(error)})

    def get(self, request: Request) -> Response:
        """Returns the text under `task_id`, where clients of the old service expect it."""
        task_id = body_text(request._request, "task_id")
        raise_refusal(task_id)
        job = find(request, task_id)
        if job.status == Status.DONE:
            return Response({"task_id": tesseract_text(entries.pages(job=job))})
        if job.ended:
            return Response({"detail": job.error_message}, 500)
        return Response({"task_id": None}, 202)


def remember_refusal(error: OcrError) -> str:
    """A task id for a file that never became a job."""
    task_id = str(uuid.uuid4())
    cache.set(f"refused-task:{task_id}", (error.code, error.message), REFUSED_SECONDS)
    return task_id


def raise_refusal(task_id: str) -> None:
    refusal = cache.get(f"refused-task:{task_id}") if len(task_id) == 36 else None
    if refusal:
        raise OcrError(*refusal)
