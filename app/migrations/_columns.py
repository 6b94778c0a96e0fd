"""Columns that several tables have."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.conf import settings
from django.db import models
from django.db.models.deletion import CASCADE

from app.models.ids import new_id

Column: TypeAlias = "tuple[str, models.Field[Any, Any]]"


def public_id() -> Column:
    key = models.UUIDField(default=new_id, editable=False, primary_key=True, serialize=False)
    return "id", key


def row_number() -> Column:
    key = models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )
    return "id", key


def optional_account(name: str, on_delete: Any = CASCADE, **options: Any) -> Column:
    account = settings.AUTH_USER_MODEL
    return name, models.ForeignKey(account, on_delete, null=True, **options)
