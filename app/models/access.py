"""Access rules: the only place that decides who sees a row. Other people's rows are a 404."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models


def search_scope(user: AbstractBaseUser | AnonymousUser) -> int | None:
    """The only scope that the API searches for the user: an account's number, 0 for visitors.

    None for staff, who see all.
    """
    return None if getattr(user, "is_staff", False) else user.pk or 0


def reads_all(user: AbstractBaseUser | AnonymousUser) -> bool:
    """True for staff where STAFF_SEES_TEXTS opens the texts of everyone to them.

    This is about the pages and the admin site. The API shows staff all entries, as that of the
    first onlineocr did, and the owners find it in their log.
    """
    return settings.STAFF_SEES_TEXTS and getattr(user, "is_staff", False)


def page_search_scope(user: AbstractBaseUser | AnonymousUser) -> int | None:
    """As `search_scope`, for the pages."""
    return None if reads_all(user) else user.pk or 0


class OwnedQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser, visitor: str = "") -> Self:
        """Staff see all, an owner their own, a visitor what was sent under their secret."""
        return self if getattr(user, "is_staff", False) else self.belonging_to(user, visitor)

    def readable_by(
        self,
        user: AbstractBaseUser | AnonymousUser,
        visitor: str = "",
        opened: Iterable[UUID] = (),
    ) -> Self:
        """Rows that the pages show the user: their own.

        Staff also see those that they opened for a reason, or all where STAFF_SEES_TEXTS says so.
        """
        if reads_all(user):
            return self
        own = self.belonging_to(user, visitor)
        return own | self.filter(pk__in=opened) if opened else own

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
