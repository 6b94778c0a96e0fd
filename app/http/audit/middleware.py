"""Middleware: what a successful request did, told from the name of its URL."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from app.http.client_address import client_address
from app.http.middleware import outages
from app.models import Action, ApiKey
from app.services.accounts import audit

from .entries import named, owner_ids

logger = logging.getLogger(__name__)

# (method, URL name) -> what it means for the account of whoever asks.
DEEDS = {
    ("POST", "key-list"): Action.KEY_CREATED,
    ("POST", "keys"): Action.KEY_CREATED,
    ("POST", "key-rotate"): Action.KEY_ROTATED,
    ("POST", "rotate-key"): Action.KEY_ROTATED,
    ("DELETE", "key-detail"): Action.KEY_REVOKED,
    ("POST", "revoke-key"): Action.KEY_REVOKED,
}
# What deletes entries, of the account that owns them.
DELETIONS = frozenset(
    {
        ("DELETE", "history-detail"),
        ("POST", "discard"),
        ("POST", "delete-for-good"),
        ("POST", "many-discard"),
    }
)
# What shows entries. Staff may open everybody's, and the owner can see that they did.
SHOWN = frozenset(
    {
        *("entry", "compare", "original", "export", "page-picture", "batch-export", "many-export"),
        *(
            "history-detail",
            "history-image",
            "history-export",
            "history-tables",
            "history-recognize",
            "job-result",
        ),
        *("app_job_change", "app_page_change"),  # of the admin site
    }
)
# One look at an entry asks for many of these.
NOTED_DAILY = "page-picture"


class AuditTrail:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # The API has found out by now who asks, and told the request.
        if response.status_code < 400 and request.resolver_match and request.user.is_authenticated:
            try:
                note(request)
            except (OperationalError, InterfaceError) as error:
                # Staff see nothing that could not be noted.
                logger.error("unavailable: %s", error)
                return outages.answer(request)
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Whose an entry was, nobody can tell any more when it is gone."""
        if is_deletion(request):
            request.deleted_from = owner_ids(named(request))


def note(request: HttpRequest) -> None:
    name, actor = deed_name(request), request.user
    _note_key(request)
    if deed := DEEDS.get((request.method, name)):
        audit.record(action=deed, user=actor, address=client_address(request))
    elif is_deletion(request):
        note_deletion(request, request.deleted_from)
    elif actor.is_staff and name in SHOWN:
        _note(request, Action.READ_BY_STAFF, owner_ids(named(request)) - {actor.pk})


def deed_name(request: HttpRequest) -> str:
    """The name of the URL; with what is done to many entries, which their form says."""
    name: str = request.resolver_match.url_name or ""
    return f"many-{request.POST.get('action')}" if name == "many" else name


def is_deletion(request: HttpRequest) -> bool:
    return (request.method, deed_name(request)) in DELETIONS


def note_deletion(request: HttpRequest, owners: set[int]) -> None:
    """owners: whose entries they were. Staff delete those of others too."""
    actor = request.user
    _note(request, Action.ENTRIES_DELETED, owners if actor.is_staff else owners & {actor.pk})


def _note(request: HttpRequest, action: Action, owners: set[int]) -> None:
    record = audit.record_daily if deed_name(request) == NOTED_DAILY else audit.record
    for owner in User.objects.filter(pk__in=owners):
        record(action=action, user=owner, actor=request.user, address=client_address(request))


def _note_key(request: HttpRequest) -> None:
    key = getattr(request, "auth", None)
    if isinstance(key, ApiKey):
        address = client_address(request)
        detail: dict[str, str | int] = {"key": key.prefix}
        audit.record_daily(action=Action.KEY_USED, user=key.owner, address=address, detail=detail)
