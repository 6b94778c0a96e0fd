"""Failures as google.rpc.Status: for one image inside the answer, or for the whole request."""

from __future__ import annotations

from typing import Any

from app.compat.shared.view import Failure
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
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
# Failure.code -> HTTP status, reason, and Google's message if clients check it.
KEY_FAILURES = {
    "bad_token": (401, "ACCESS_TOKEN_TYPE_UNSUPPORTED", ""),
    "invalid_key": (
        400,
        "API_KEY_INVALID",
        "API key not valid. Please pass a valid API key.",
    ),
    "key_expired": (400, "API_KEY_INVALID", "API key expired. Please renew the API key."),
    "key_missing": (
        403,
        "CONSUMER_INVALID",
        (
            "Method doesn't allow unregistered callers (callers without established identity). "
            "Please use API Key or other form of API consumer identity to call this API."
        ),
    ),
    "key_network": (403, "API_KEY_IP_ADDRESS_BLOCKED", ""),
    "key_scope": (403, "API_KEY_SERVICE_BLOCKED", ""),
}


def rpc_status(error: OcrError) -> dict[str, Any]:
    message = "Bad image data." if error.code in BAD_IMAGE else error.message
    return {"code": RPC_CODES.get(error.code, INVALID_ARGUMENT), "message": message}


def request_error(failure: Failure) -> dict[str, Any]:
    status, reason, sentence = KEY_FAILURES.get(failure.code, (failure.status, "", ""))
    if status not in STATUS_NAMES and status != 405:
        status = 400
    error: dict[str, Any] = {
        "code": status,
        "message": sentence or failure.message,
        "status": STATUS_NAMES.get(status, "INVALID_ARGUMENT"),
    }
    if reason:
        error["details"] = [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": reason,
                "domain": "googleapis.com",
                "metadata": {"service": "vision.googleapis.com"},
            }
        ]
    return {"error": error}
