"""The caller of a request, determined in the same way for every view.

Programs send a visitor's secret in the query, browsers keep it in their session.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

from app.models import ApiKey
from app.services.limits.caller import Caller, new_visitor

from .client_address import client_address

SESSION_KEY = "visitor"
# The format of new_visitor(), which fits the column.
STORABLE = re.compile(r"[\w-]{1,43}", re.ASCII)


def caller_of(request: HttpRequest | Request) -> Caller:
    """The caller, including the visitor's secret that an anonymous one presents.

    request.user is missing if the session could not be read.
    """
    user = getattr(request, "user", None) or AnonymousUser()
    key = getattr(request, "auth", None)
    return Caller(
        user=user,
        key=key if isinstance(key, ApiKey) else None,
        visitor="" if user.is_authenticated else _visitor_of(request),
        address=client_address(request),
    )


def submitter_of(request: HttpRequest | Request) -> Caller:
    """caller_of() for requests that store something: gives an anonymous caller a secret.

    A new secret stays in the browser's session; a program finds it in the `Location` of its answer.
    """
    caller = caller_of(request)
    if caller.owner:
        return caller
    if isinstance(request, Request):
        return caller if STORABLE.fullmatch(caller.visitor) else caller.with_visitor(new_visitor())
    if not caller.visitor:
        request.session[SESSION_KEY] = new_visitor()
    return caller.with_visitor(request.session[SESSION_KEY])


def is_from_page(request: Request) -> bool:
    """Whether the script of our upload page sent it, which begins a visit before the first file."""
    return not request.user.is_authenticated and SESSION_KEY in _session_of(request)


def _session_of(request: Request) -> Mapping[str, Any]:
    """The visitor's secret in the session; empty if the view accepts no sessions."""
    takes_sessions = any(
        isinstance(it, SessionAuthentication) for it in request.authenticators or ()
    )
    return (getattr(request, "session", None) or {}) if takes_sessions else {}


def _visitor_of(request: HttpRequest | Request) -> str:
    if isinstance(request, Request):
        return _shown_by_program(request)
    return str(request.session.get(SESSION_KEY, "")) if hasattr(request, "session") else ""


def _shown_by_program(request: Request) -> str:
    """The secret in the query, or, from a script of our pages, in the session if the view accepts
    sessions."""
    shown = request.query_params.get("visitor", "").replace("\0", "")  # PostgreSQL has none
    return shown or str(_session_of(request).get(SESSION_KEY, ""))
