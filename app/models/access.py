"""Who may see what: the only place that decides it. A stranger finds nothing, so gets 404."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models


class OwnedQuerySet(models.QuerySet[Any]):
    """For models with `owner` and `visitor`."""

    # Whose these are, where that was asked for: the number of an account, or 0 for visitors.
    scope: int | None = None

    def visible_to(self, user: AbstractBaseUser | AnonymousUser, visitor: str = "") -> Self:
        """Staff see all, an owner their own, a visitor what was sent under their secret."""
        return self if getattr(user, "is_staff", False) else self.belonging_to(user, visitor)

    def belonging_to(self, user: AbstractBaseUser | AnonymousUser, visitor: str = "") -> Self:
        """Their own, of staff too."""
        if user.is_authenticated:
            return self._of(user.pk, owner=user.pk)
        if visitor:
            return self._of(0, owner=None, visitor=visitor)
        return self.none()

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone.scope = self.scope
        return clone

    def _of(self, scope: int, **conditions: Any) -> Self:
        own = self.filter(**conditions)
        own.scope = scope
        return own
