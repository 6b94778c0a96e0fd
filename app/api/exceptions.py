"""One error shape: {"detail", "code"}, or {"<field>": [messages]} where a field is to blame."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from app.http.middleware.outages import RETRY_SECONDS
from app.ocr.errors import OcrError

# HTTP status of every OcrError code; what is not listed is a bad request.
STATUS = {
    "registration_closed": status.HTTP_403_FORBIDDEN,
    "not_found": status.HTTP_404_NOT_FOUND,
    "unknown_format": status.HTTP_404_NOT_FOUND,
    "cancelled": status.HTTP_409_CONFLICT,
    "conflict": status.HTTP_409_CONFLICT,
    "file_too_large": status.HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    "too_many_pages": status.HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    "too_many_pixels": status.HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    "engine_crashed": status.HTTP_422_UNPROCESSABLE_ENTITY,
    "engine_failed": status.HTTP_422_UNPROCESSABLE_ENTITY,
    "export_failed": status.HTTP_422_UNPROCESSABLE_ENTITY,
    "export_timeout": status.HTTP_422_UNPROCESSABLE_ENTITY,
    "idempotency_mismatch": status.HTTP_422_UNPROCESSABLE_ENTITY,
    "out_of_memory": status.HTTP_422_UNPROCESSABLE_ENTITY,
    "page_timeout": status.HTTP_422_UNPROCESSABLE_ENTITY,
    "quota_exceeded": status.HTTP_429_TOO_MANY_REQUESTS,
    "unavailable": status.HTTP_503_SERVICE_UNAVAILABLE,
}

# Codes that blame the `image` field, and the first onlineocr's words where it had some.
IMAGE_MESSAGES = {
    "empty_file": "The submitted file is empty.",
    "unreadable_image": "Upload a valid image. The file you uploaded was either not an image "
    "or a corrupted image.",
    "unsupported_type": "Upload a valid image. The file you uploaded was either not an image "
    "or a corrupted image.",
    "bad_base64": "",
}
FIELDS = {
    "unknown_language": "language",
    "unknown_engine": "engine",
    "engine_unavailable": "engine",
}


def handle(exception: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(exception, OcrError):
        return ocr_error_response(exception)
    if isinstance(exception, RequestDataTooBig):
        return ocr_error_response(OcrError("file_too_large", "The form is too large."))
    if isinstance(exception, Http404):
        exception = exceptions.NotFound()  # Django's own message names our model
    response = exception_handler(exception, context)
    if response is not None:
        _add_code(response)
    return response


def ocr_error_response(error: OcrError) -> Response:
    body: dict[str, Any] = {"detail": error.message, "code": error.code}
    if error.code in IMAGE_MESSAGES:
        body = {"image": [IMAGE_MESSAGES[error.code] or error.message], **body}
    elif error.code in FIELDS:
        body = {FIELDS[error.code]: [error.message], **body}
    response = Response(body, STATUS.get(error.code, status.HTTP_400_BAD_REQUEST))
    if response.status_code == status.HTTP_503_SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _add_code(response: Response) -> None:
    """DRF knows a code for every `detail` but does not send it."""
    if isinstance(response.data, dict) and set(response.data) == {"detail"}:
        detail = response.data["detail"]
        if isinstance(detail, exceptions.ErrorDetail):
            response.data["code"] = detail.code
