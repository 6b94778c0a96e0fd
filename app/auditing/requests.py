"""Middleware: what a successful request did, told from the name of its URL."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from typing import Any

from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from app import unavailable
from app.addresses import client_address
from app.models import Action, ApiKey
from app.services import audit

from .owners import owners_of

logger = logging.getLogger(__name__)

# (method, URL name) -> what it means for the account of whoever asks.
DEEDS = {
    ("DELETE", "history-detail"): Action.ENTRIES_DELETED,
    ("POST", "discard"): Action.ENTRIES_DELETED,
    ("POST", "many"): Action.ENTRIES_DELETED,
    ("POST", "delete-for-good"): Action.ENTRIES_DELETED,
    ("POST", "key-list"): Action.KEY_CREATED,
    ("POST", "keys"): Action.KEY_CREATED,
    ("POST", "key-rotate"): Action.KEY_ROTATED,
    ("POST", "rotate-key"): Action.KEY_ROTATED,
    ("DELETE", "key-detail"): Action.KEY_REVOKED,
    ("POST", "revoke-key"): Action.KEY_REVOKED,
}
# What shows entries. Staff may open everybody's, and the owner can see that they did.
SHOWN = frozenset(
    {
        *("entry", "compare", "original", "export", "batch-export", "many"),
        *("history-detail", "history-image", "history-export", "job-result"),
        "app_job_change",  # of the admin site
    }
)
# After these nobody can tell any more whose the entries were.
ERASING = {("DELETE", "history-detail"), ("POST", "delete-for-good")}


class AuditTrail:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
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

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        if (request.method, request.resolver_match.url_name) in ERASING:
            request.owners_before = owners_of(request)


def _note_key(request: HttpRequest) -> None:
    key = getattr(request, "auth", None)
    if isinstance(key, ApiKey):
        address = client_address(request)
        detail: dict[str, str | int] = {"key": key.prefix}
        audit.record_daily(action=Action.KEY_USED, user=key.owner, address=address, detail=detail)


def _note_deed(request: HttpRequest) -> None:
    actor, name = request.user, request.resolver_match.url_name
    deed = DEEDS.get((request.method, name))
    if name == "many" and request.POST.get("action") != "discard":
        deed = None
    for owner in _owners(request, actor, name):
        read = Action.READ_BY_STAFF if owner not in (None, actor) else None
        if action := deed or read:
            audit.record(action=action, user=owner, actor=actor, address=client_address(request))


def _owners(request: HttpRequest, actor: User, name: str) -> Collection[User | None]:
    """To whom it matters. Only staff can touch what is not their own."""
    if not actor.is_staff or name not in (*SHOWN, "discard", "delete-for-good"):
        return [actor]
    before: Collection[User | None] | None = getattr(request, "owners_before", None)
    return owners_of(request) if before is None else before
