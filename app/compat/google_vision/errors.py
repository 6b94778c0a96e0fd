"""Failures as google.rpc.Status: of one image inside the answer, or of the whole request."""

from __future__ import annotations

from typing import Any

from app.compat.base import Failure
from app.ocr.errors import OcrError

INVALID_ARGUMENT, DEADLINE_EXCEEDED, PERMISSION_DENIED, INTERNAL, UNAVAILABLE = 3, 4, 7, 13, 14
RPC_CODES = {
    "bad_url": PERMISSION_DENIED,
    "page_timeout": DEADLINE_EXCEEDED,
    "engine_failed": INTERNAL,
    "engine_crashed": INTERNAL,
    "out_of_memory": INTERNAL,
    "unreachable_url": UNAVAILABLE,
    "unavailable": UNAVAILABLE,
}
BAD_IMAGE = {"bad_base64", "unreadable_image", "unsupported_type"}

# HTTP status -> name of the status; everything else is INVALID_ARGUMENT with 400.
STATUS_NAMES = {
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
}
REASONS = {"invalid_key": "API_KEY_INVALID", "key_expired": "API_KEY_INVALID"}


def rpc_status(error: OcrError) -> dict[str, Any]:
    message = "Bad image data." if error.code in BAD_IMAGE else error.message
    return {"code": RPC_CODES.get(error.code, INVALID_ARGUMENT), "message": message}


def request_error(failure: Failure) -> dict[str, Any]:
    status = 403 if failure.about_key else failure.status
    if status not in STATUS_NAMES and status != 405:
        status = 400
    error: dict[str, Any] = {
        "code": status,
        "message": failure.message,
        "status": STATUS_NAMES.get(status, "INVALID_ARGUMENT"),
    }
    if failure.about_key:
        error["details"] = [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": REASONS.get(failure.code, "CONSUMER_INVALID"),
                "domain": "googleapis.com",
            }
        ]
    return {"error": error}
