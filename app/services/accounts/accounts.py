"""Accounts: registration, changes, usage, and deletion with all their data."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Sum

from app.models import Action, Batch, Job, Upload
from app.ocr.errors import OcrError
from app.services.history import entries, search

from . import audit, invitations


@transaction.atomic
def register(*, username: str, password: str, email: str = "", invitation: str = "") -> User:
    """A new active account; the password was validated.

    invitation: the token of a link, used up where registration is closed. Raises
    OcrError(registration_closed).
    """
    if not settings.REGISTRATION_OPEN and not invitations.use(token=invitation):
        raise OcrError("registration_closed", "This site takes new accounts by invitation only.")
    user = User.objects.create_user(username, email, password)
    _remember_address(user)
    return user


@transaction.atomic
def update(*, user: User, password: str = "", **fields: Any) -> User:
    """Changes name and e-mail fields, and the password if one is given.

    A new address has to be verified.
    """
    moved = fields.get("email", user.email) != user.email
    for name, value in fields.items():
        setattr(user, name, value)
    if password:
        user.set_password(password)
    user.save()
    if moved:
        EmailAddress.objects.filter(user=user).delete()
        _remember_address(user)
    return user


@transaction.atomic
def delete(*, user: User) -> None:
    """Erases the account with all its uploads, results and files; the log keeps its number."""
    entries.delete_uploads(uploads=Upload.objects.filter(owner=user))
    audit.record(action=Action.ACCOUNT_DELETED, user=None, detail={"account": user.pk})
    user.delete()


@transaction.atomic
def adopt_visitor(*, user: User, visitor: str) -> int:
    """Moves a visitor's uploads into the account's history; returns the number of jobs."""
    if not visitor:
        return 0
    ids = list(Job.objects.filter(owner=None, visitor=visitor).values_list("pk", flat=True))
    for model in (Upload, Batch, Job):
        model.objects.filter(owner=None, visitor=visitor).update(owner=user, visitor="")
    search.update_scope(ids=ids)
    return len(ids)


def usage(*, user: User) -> dict[str, int]:
    """The contents of the account: `entries`, `words` read and `bytes` stored."""
    jobs = Job.objects.filter(owner=user.pk)
    uploads = Upload.objects.filter(owner=user.pk)
    return {
        **jobs.aggregate(entries=Count("pk"), words=Sum("words", default=0)),
        **uploads.aggregate(bytes=Sum("size", default=0)),
    }


def _remember_address(user: User) -> None:
    """Stores the address for django-allauth, which sends its links to unverified addresses too."""
    if user.email:
        EmailAddress.objects.create(user=user, email=user.email, primary=True)
