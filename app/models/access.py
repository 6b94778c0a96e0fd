"""Access rules: the only place that decides who may see a row. Other rows are a 404."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models


def search_scope(user: AbstractBaseUser | AnonymousUser) -> int | None:
    """The scope that the API searches for the user: the account's id, or 0 for visitors.

    None means all, for staff.
    """
    return None if getattr(user, "is_staff", False) else user.pk or 0


def reads_all(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether the user is staff and STAFF_SEES_TEXTS lets staff read everyone's texts.

    This applies to the site's pages and the admin site. The API shows staff all entries, as the
    first onlineocr's did; the owner's log records it.
    """
    return settings.STAFF_SEES_TEXTS and getattr(user, "is_staff", False)


def page_search_scope(user: AbstractBaseUser | AnonymousUser) -> int | None:
    """As `search_scope`, but for the site's pages."""
    return None if reads_all(user) else user.pk or 0


class OwnedQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser, visitor: str = "") -> Self:
        """Rows that the API shows: all to staff, else those of the account or visitor secret."""
        return self if getattr(user, "is_staff", False) else self.belonging_to(user, visitor)

    def readable_by(
        self,
        user: AbstractBaseUser | AnonymousUser,
        visitor: str = "",
        opened: Iterable[UUID] = (),
    ) -> Self:
        """Rows that the site's pages show: the user's own.

        Staff also see entries that they opened with a reason, or all with STAFF_SEES_TEXTS.
        """
        if reads_all(user):
            return self
        own = self.belonging_to(user, visitor)
        return own | self.filter(pk__in=opened) if opened else own

    def belonging_to(self, user: AbstractBaseUser | AnonymousUser, visitor: str = "") -> Self:
        """The caller's own rows, even if they are staff."""
        if user.is_authenticated:
            return self.filter(owner=user.pk)
        return self.filter(owner=None, visitor=visitor) if visitor else self.none()


class Owned(models.Model):
    """A row that belongs to an account, or to a visitor identified by a secret.

    A visitor is a browser session or an API client. The columns have no indexes here: each model
    defines those that its queries need.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, db_index=False
    )
    visitor = models.CharField(max_length=43, blank=True)

    class Meta:
        abstract = True
