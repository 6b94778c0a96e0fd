"""Template variables of every page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from app.http.caller import caller_of
from app.services.operations import privacy
from app.services.submission import uploads


def site(request: HttpRequest) -> dict[str, Any]:
    """SITE: the site's name, the caller's permissions and limits, and the storage of their
    files."""
    owner = caller_of(request).owner
    return {
        "SITE": {
            "name": settings.SITE_NAME,
            "registration_open": settings.REGISTRATION_OPEN,
            "may_recognize": bool(owner) or settings.ANONYMOUS_OCR,
            "max_bytes": uploads.max_bytes(owner),
            "account_max_bytes": settings.ACCOUNT_MAX_BYTES,
            "files_server": privacy.bucket_server(),
            "anonymous_hours": settings.ANONYMOUS_HOURS,
            "staff_sees_texts": settings.STAFF_SEES_TEXTS,
        }
    }
