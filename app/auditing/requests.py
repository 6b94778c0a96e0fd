"""Middleware: what a successful request did, told from the name of its URL."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from app import unavailable
from app.addresses import client_address
from app.models import Action, ApiKey, Job
from app.services import audit

logger = logging.getLogger(__name__)

# (method, URL name) -> what it means for the account of whoever asks.
DEEDS = {
    ("DELETE", "history-detail"): Action.ENTRIES_DELETED,
    ("POST", "discard"): Action.ENTRIES_DELETED,
    ("POST", "delete-for-good"): Action.ENTRIES_DELETED,
    ("POST", "key-list"): Action.KEY_CREATED,
    ("POST", "keys"): Action.KEY_CREATED,
    ("POST", "key-rotate"): Action.KEY_ROTATED,
    ("POST", "rotate-key"): Action.KEY_ROTATED,
    ("DELETE", "key-detail"): Action.KEY_REVOKED,
    ("POST", "revoke-key"): Action.KEY_REVOKED,
}
# What shows an entry. Staff may open everybody's, and the owner can see that they did.
SHOWN = frozenset(
    {
        *("entry", "compare", "original", "export"),
        *("history-detail", "history-image", "history-export"),
        "app_job_change",  # of the admin site
    }
)


def audit_trail(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # The API has found out by now who asks, and told the request.
        if response.status_code < 400 and request.resolver_match and request.user.is_authenticated:
            try:
                _note_key(request)
                _note_deed(request)
            except (OperationalError, InterfaceError) as error:
                # Staff see nothing that could not be noted.
                logger.error("unavailable: %s", error)
                return unavailable.answer(request)
        return response

    return middleware


def _note_key(request: HttpRequest) -> None:
    key = getattr(request, "auth", None)
    if isinstance(key, ApiKey):
        address = client_address(request)
        detail: dict[str, str | int] = {"key": key.prefix}
        audit.record_daily(action=Action.KEY_USED, user=key.owner, address=address, detail=detail)


def _note_deed(request: HttpRequest) -> None:
    match = request.resolver_match
    actor, name = request.user, match.url_name
    deed = DEEDS.get((request.method, name))
    owner = actor
    if actor.is_staff and name in (*SHOWN, "discard"):
        owner = _owner(match.kwargs.get("pk") or match.kwargs["object_id"])
        deed = deed or (Action.READ_BY_STAFF if owner not in (None, actor) else None)
    if deed:
        audit.record(action=deed, user=owner, actor=actor, address=client_address(request))


def _owner(pk: object) -> User | None:
    """Whose entry it is; None for a visitor's, and for one that is gone by now."""
    job = Job.objects.select_related("owner").filter(pk=pk).first()
    return job.owner if job else None
