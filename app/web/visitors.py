"""Anonymous visitors: a secret in the session makes their results theirs in this browser."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from app.models import Batch, Job
from app.models.batch import BatchQuerySet
from app.models.job import JobQuerySet
from app.services.accounts import accounts
from app.services.submission import uploads

SESSION_KEY = "visitor"


def visitor_of(request: HttpRequest) -> str:
    """The visitor's secret, or "" for who has none yet."""
    return str(request.session.get(SESSION_KEY, ""))


def ensure_visitor(request: HttpRequest) -> str:
    """The secret; made now for an anonymous visitor without one, so that the session is kept."""
    if request.user.is_authenticated:
        return ""
    if SESSION_KEY not in request.session:
        request.session[SESSION_KEY] = uploads.new_visitor()
    return visitor_of(request)


def owner_of(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


def visible_jobs(request: HttpRequest) -> JobQuerySet:
    """The entries whoever asks may see; staff see all."""
    return Job.objects.visible_to(request.user, visitor_of(request))


def visible_batches(request: HttpRequest) -> BatchQuerySet:
    found: BatchQuerySet = Batch.objects.visible_to(request.user, visitor_of(request))
    return found


@receiver(user_logged_in)
def adopt_uploads(request: HttpRequest | None, user: User, **_: object) -> None:
    """What a visitor recognized before signing in or up belongs to the account from now on."""
    session = getattr(request, "session", None)
    if session and SESSION_KEY in session:
        accounts.adopt_visitor(user=user, visitor=session.pop(SESSION_KEY))
