"""Entries and batches that the caller of a page may see, and what signing in adds to them."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from app.http.caller import SESSION_KEY, caller_of
from app.models import Batch, Job
from app.models.batch import BatchQuerySet
from app.models.job import JobQuerySet
from app.services.accounts import accounts


def visible_jobs(request: HttpRequest) -> JobQuerySet:
    """Staff see all entries, others their own."""
    caller = caller_of(request)
    return Job.objects.visible_to(caller.user, caller.visitor)


def trashed_jobs(request: HttpRequest) -> JobQuerySet:
    caller = caller_of(request)
    found: JobQuerySet = Job.objects.in_trash_of(caller.user, caller.visitor)
    return found


def visible_batches(request: HttpRequest) -> BatchQuerySet:
    caller = caller_of(request)
    found: BatchQuerySet = Batch.objects.visible_to(caller.user, caller.visitor)
    return found


@receiver(user_logged_in)
def adopt_uploads(request: HttpRequest | None, user: User, **_: object) -> None:
    """Gives the account what its user had recognized in this browser before signing in or up."""
    session = getattr(request, "session", None)
    if session and SESSION_KEY in session:
        accounts.adopt_visitor(user=user, visitor=session.pop(SESSION_KEY))
