"""Entries and batches that the caller of a page may see; signing in adopts those of a visitor."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from app.http.caller import SESSION_KEY, caller_of
from app.models import Batch, Job
from app.models.job import JobQuerySet
from app.services.accounts import accounts, staff_access


def visible_jobs(request: HttpRequest) -> JobQuerySet:
    """The caller's own entries; for staff all entries, if STAFF_SEES_TEXTS is set."""
    caller = caller_of(request)
    found: JobQuerySet = Job.objects.readable_by(caller.user, caller.visitor)
    return found.filter(deleted_at=None)


def visible_job(request: HttpRequest, pk: UUID) -> Job:
    """The entry, which for staff includes those that they opened with a reason in the admin site.

    Raises Http404 if the caller may not see it.
    """
    caller = caller_of(request)
    opened = staff_access.opened_by(caller.user) if caller.user.is_staff else ()
    found = Job.objects.readable_by(caller.user, caller.visitor, opened)
    return get_object_or_404(found.filter(deleted_at=None).history(), pk=pk)


def trashed_jobs(request: HttpRequest) -> JobQuerySet:
    caller = caller_of(request)
    found: JobQuerySet = Job.objects.in_trash_of(caller.user, caller.visitor)
    return found


def visible_batch(request: HttpRequest, pk: UUID) -> Batch:
    """Raises Http404 if the caller may not see it."""
    caller = caller_of(request)
    return get_object_or_404(Batch.objects.readable_by(caller.user, caller.visitor), pk=pk)


@receiver(user_logged_in)
def adopt_uploads(request: HttpRequest | None, user: User, **_: object) -> None:
    """Moves the visitor's entries from before signing in or up into the account."""
    session = getattr(request, "session", None)
    if session and SESSION_KEY in session:
        accounts.adopt_visitor(user=user, visitor=session.pop(SESSION_KEY))
