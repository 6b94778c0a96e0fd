"""Template variables of every page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from app.http.caller import caller_of
from app.services.submission import uploads


def site(request: HttpRequest) -> dict[str, Any]:
    """SITE: its name, what the caller may do, and how large a file they may send."""
    owner = caller_of(request).owner
    return {
        "SITE": {
            "name": settings.SITE_NAME,
            "registration_open": settings.REGISTRATION_OPEN,
            "may_recognize": bool(owner) or settings.ANONYMOUS_OCR,
            "max_bytes": uploads.max_bytes(owner),
            "account_max_bytes": settings.ACCOUNT_MAX_BYTES,
        }
    }
