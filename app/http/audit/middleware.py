"""Middleware that records the action of a successful request, by URL name, in the audit log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from app.http.client_address import client_address
from app.http.middleware import outages
from app.http.request_state import state_of
from app.models import Action, ApiKey, Job
from app.models.job import JobQuerySet
from app.services.accounts import audit, staff_access

from .entries import jobs_in_request, owner_ids

logger = logging.getLogger(__name__)

# (method, URL name) -> action on the account of the caller.
ROUTE_ACTIONS = {
    ("POST", "key-list"): Action.KEY_CREATED,
    ("POST", "keys"): Action.KEY_CREATED,
    ("POST", "key-rotate"): Action.KEY_ROTATED,
    ("POST", "rotate-key"): Action.KEY_ROTATED,
    ("DELETE", "key-detail"): Action.KEY_REVOKED,
    ("POST", "revoke-key"): Action.KEY_REVOKED,
}
# Requests that delete entries, recorded for the accounts that own them.
DELETIONS = frozenset(
    {
        ("DELETE", "history-detail"),
        ("POST", "discard"),
        ("POST", "delete-for-good"),
        ("POST", "many-discard"),
    }
)
# Pages of the admin site, which show only the texts of opened entries.
ADMIN_VIEWS = frozenset({"app_job_change", "app_page_change"})
# Requests that show entries. Staff may open those of any account, and its owner sees that here.
ENTRY_VIEWS = frozenset(
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
        *ADMIN_VIEWS,
    }
)
# A list with the start of each entry's text, in which staff get the entries of all accounts.
LIST = "history-list"
# Recorded once a day: the page of one entry requests many pictures, and programs many lists.
DAILY = frozenset({"page-picture", LIST})


class AuditTrail:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # The API has authenticated the caller by now and set request.user.
        if response.status_code < 400 and request.resolver_match and request.user.is_authenticated:
            try:
                record(request, response)
            except (OperationalError, InterfaceError) as error:
                # Without a record, staff do not see the entry.
                logger.error("unavailable: %s", error)
                return outages.unavailable_response(request)
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Looks up the owners of entries before the view deletes them."""
        if is_deletion(request):
            state_of(request).deleted_from = owner_ids(jobs_in_request(request))


def record(request: HttpRequest, response: HttpResponse) -> None:
    name, actor = action_name(request), request.user
    _record_key(request)
    if action := ROUTE_ACTIONS.get((request.method, name)):
        audit.record(action=action, user=actor, address=client_address(request))
    elif is_deletion(request):
        record_deletion(request, state_of(request).deleted_from)
    elif actor.is_staff:
        owners = owner_ids(shown_jobs(request, response)) - {actor.pk}
        _record_for(owners, request, Action.READ_BY_STAFF)


def shown_jobs(request: HttpRequest, response: HttpResponse) -> JobQuerySet:
    """Jobs whose texts or pictures staff see in the response."""
    name = action_name(request)
    jobs: JobQuerySet = Job.objects.none()
    if name == LIST and request.method == "GET":
        data = getattr(response, "data", {})
        jobs = Job.objects.filter(pk__in=[entry["id"] for entry in data["results"]])
    elif name in ENTRY_VIEWS:
        jobs = jobs_in_request(request)
    return staff_access.readable(jobs=jobs, staff=request.user) if name in ADMIN_VIEWS else jobs


def action_name(request: HttpRequest) -> str:
    """The URL name; for the form for many entries, with the action that it names."""
    name: str = request.resolver_match.url_name or ""
    return f"many-{request.POST.get('action')}" if name == "many" else name


def is_deletion(request: HttpRequest) -> bool:
    return (request.method, action_name(request)) in DELETIONS


def record_deletion(request: HttpRequest, owners: frozenset[int]) -> None:
    """owners: accounts that owned the entries. Staff may delete those of others too."""
    actor = request.user
    deleted = owners if actor.is_staff else owners & {actor.pk}
    _record_for(deleted, request, Action.ENTRIES_DELETED)


def _record_for(owners: frozenset[int], request: HttpRequest, action: Action) -> None:
    write = audit.record_daily if action_name(request) in DAILY else audit.record
    for owner in User.objects.filter(pk__in=owners):
        write(action=action, user=owner, actor=request.user, address=client_address(request))


def _record_key(request: HttpRequest) -> None:
    key = getattr(request, "auth", None)
    if isinstance(key, ApiKey):
        address = client_address(request)
        detail: dict[str, str | int] = {"key": key.prefix}
        audit.record_daily(action=Action.KEY_USED, user=key.owner, address=address, detail=detail)
