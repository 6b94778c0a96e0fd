"""Access rules: the only place that decides who sees a row. Other people's rows are a 404."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models


def search_scope(user: AbstractBaseUser | AnonymousUser) -> int | None:
    """The only scope whose search texts the user may see: an account's number, 0 for visitors.

    None for staff, who see all.
    """
    return None if getattr(user, "is_staff", False) else user.pk or 0


class OwnedQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser, visitor: str = "") -> Self:
        """Staff see all, an owner their own, a visitor what was sent under their secret."""
        return self if getattr(user, "is_staff", False) else self.belonging_to(user, visitor)

    def belonging_to(self, user: AbstractBaseUser | AnonymousUser, visitor: str = "") -> Self:
        """The caller's own rows, also where they are staff."""
        if user.is_authenticated:
            return self.filter(owner=user.pk)
        return self.filter(owner=None, visitor=visitor) if visitor else self.none()


class Owned(models.Model):
    """A row of an account, or of the visitor who holds a secret: a browser session, an API client.

    The columns have no index of their own: each model has those that its queries need.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, db_index=False
    )
    visitor = models.CharField(max_length=43, blank=True)

    class Meta:
        abstract = True
