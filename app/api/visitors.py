"""Callers without an account see what they sent by a secret: their session's, or one in the URL."""

from __future__ import annotations

import re

from rest_framework.request import Request

from app.services.submission import uploads

# What new_visitor() makes, and what fits its column.
STORABLE = re.compile(r"[\w-]{1,43}", re.ASCII)


def visitor_of(request: Request) -> str:
    """The caller's secret; a new one for a program that has none yet, empty for accounts."""
    if request.user.is_authenticated:
        return ""
    known = known_visitor(request)
    return known if STORABLE.fullmatch(known) else uploads.new_visitor()


def known_visitor(request: Request) -> str:
    """The secret that the caller shows, or an empty string."""
    session = getattr(request, "session", None) or {}
    shown = request.query_params.get("visitor", "").replace("\0", "")  # PostgreSQL has none
    return shown or session.get("visitor", "")
