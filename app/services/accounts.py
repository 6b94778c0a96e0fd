"""Accounts: made by a person or a program, adopted by visitors who sign in, deleted with all data."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from app.models import Job, Upload
from app.ocr.errors import OcrError

from . import results


def register(*, username: str, password: str, email: str = "") -> User:
    """A new active account; the password was validated. Raises OcrError(registration_closed)."""
    if not settings.REGISTRATION_OPEN:
        raise OcrError("registration_closed", "This site does not take new accounts.")
    return User.objects.create_user(username, email, password)


def update(*, user: User, password: str = "", **fields: Any) -> User:
    """Changes name and e-mail fields, and the password where one is given."""
    for name, value in fields.items():
        setattr(user, name, value)
    if password:
        user.set_password(password)
    user.save()
    return user


@transaction.atomic
def delete(*, user: User) -> None:
    """Erases the account with every upload, result and file of it."""
    results.delete_uploads(uploads=Upload.objects.filter(owner=user))
    user.delete()


@transaction.atomic
def adopt_visitor(*, user: User, visitor: str) -> int:
    """What was sent before signing in becomes part of the account's history; how many jobs."""
    if not visitor:
        return 0
    Upload.objects.filter(owner=None, visitor=visitor).update(owner=user, visitor="")
    return Job.objects.filter(owner=None, visitor=visitor).update(owner=user, visitor="")
