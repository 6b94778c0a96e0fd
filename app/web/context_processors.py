"""What every template knows about the site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from app.services.submission import intake


def site(request: HttpRequest) -> dict[str, Any]:
    """SITE: its name, what is open to whom, and how large a file this visitor may send."""
    # An error before the session was looked at has no user.
    user = getattr(request, "user", None)
    owner = user if user and user.is_authenticated else None
    return {
        "SITE": {
            "name": settings.SITE_NAME,
            "registration_open": settings.REGISTRATION_OPEN,
            "may_recognize": bool(owner) or settings.ANONYMOUS_OCR,
            "max_bytes": intake.max_bytes(owner),
            "account_max_bytes": settings.ACCOUNT_MAX_BYTES,
        }
    }
