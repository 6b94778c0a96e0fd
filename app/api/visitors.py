"""Callers without an account see what they sent by a secret: their session's, or one in the URL."""

from __future__ import annotations

from rest_framework.request import Request

from app.services import uploads


def visitor_of(request: Request) -> str:
    """The caller's secret; a new one for a program that has none yet, empty for accounts."""
    if request.user.is_authenticated:
        return ""
    return known_visitor(request) or uploads.new_visitor()


def known_visitor(request: Request) -> str:
    """The secret that the caller shows, or an empty string."""
    session = getattr(request, "session", None) or {}
    return request.query_params.get("visitor", "") or session.get("visitor", "")
