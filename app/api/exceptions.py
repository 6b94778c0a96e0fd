"""Errors of the API: {"detail", "code"}, or {"<field>": [messages]} for the field at fault."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from app.http.error_messages import error_in_language, in_language
from app.http.errors import status_of
from app.http.middleware.outages import RETRY_SECONDS
from app.ocr.errors import OcrError

from .serializers.onlineocr import old_error, wants_old_errors

# Codes of errors in the `image` field, with the first onlineocr's messages where it had them.
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
    response = answered(exception, context)
    if response is not None and wants_old_errors(context.get("request")):
        response.data = old_error(response.data)
    return response


def answered(exception: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(exception, OcrError):
        return ocr_error_response(exception)
    if isinstance(exception, RequestDataTooBig):
        return ocr_error_response(OcrError("file_too_large", "The form is too large."))
    if isinstance(exception, Http404):
        exception = exceptions.NotFound()  # Django's message would reveal the model
    response = exception_handler(exception, context)
    if response is not None:
        _add_code(response)
    return response


def ocr_error_response(error: OcrError) -> Response:
    message = error_in_language(error)
    body: dict[str, Any] = {"detail": message, "code": error.code}
    if error.code in IMAGE_MESSAGES:
        body = {"image": [in_language(error.code, IMAGE_MESSAGES[error.code] or message)], **body}
    elif error.code in FIELDS:
        body = {FIELDS[error.code]: [message], **body}
    response = Response(body, status_of(error.code))
    if response.status_code == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _add_code(response: Response) -> None:
    """Adds the code, which DRF has for every `detail` but does not send."""
    if isinstance(response.data, dict) and set(response.data) == {"detail"}:
        detail = response.data["detail"]
        if isinstance(detail, exceptions.ErrorDetail):
            response.data["code"] = detail.code
            response.data["detail"] = in_language(detail.code, detail)
