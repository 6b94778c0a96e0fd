"""Asking for one's own password again, before what a thief would do. For API and pages."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.http import HttpRequest


def is_own(request: HttpRequest, password: str) -> bool:
    """Whether it is the password of whoever asks.

    Wrong ones count as those of signing in do, and after too many of them the right one is no
    better: a stolen session or token is no place to try passwords.
    """
    found = authenticate(request, username=request.user.get_username(), password=password)
    return found is not None and found.pk == request.user.pk
