"""Who may see what: the only place that decides it. A stranger finds nothing, so gets 404."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models


class OwnedQuerySet(models.QuerySet[Any]):
    """For models with `owner` and `visitor`."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser, visitor: str = "") -> Self:
        """Staff see all, an owner their own, a visitor what was sent under their secret."""
        if getattr(user, "is_staff", False):
            return self
        if user.is_authenticated:
            return self.filter(owner=user.pk)
        if visitor:
            return self.filter(owner=None, visitor=visitor)
        return self.none()
