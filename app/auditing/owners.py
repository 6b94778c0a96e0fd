"""Whose entries a request is about."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import User
from django.http import HttpRequest

from app.models import Batch, Job


def owners_of(request: HttpRequest) -> set[User | None]:
    """Of the entry or batch in its address, or of the entries that its form chose.

    None stands for visitors. Empty where there are no such entries, or no longer.
    """
    match = request.resolver_match
    key = match.kwargs.get("pk") or match.kwargs.get("object_id")
    if key and match.url_name.startswith("batch"):
        rows = Batch.objects.filter(pk=key)
    elif key:
        rows = Job.objects.filter(pk__in=_uuids([key]))
    elif "all" in request.POST:
        rows = Job.objects.exclude(deleted_at=None)
    else:
        rows = Job.objects.filter(pk__in=_uuids(request.POST.getlist("id")))
    numbers = set(rows.order_by().values_list("owner", flat=True).distinct())
    users = User.objects.in_bulk(number for number in numbers if number)
    return {users.get(number) for number in numbers}


def _uuids(texts: Iterable[object]) -> list[UUID]:
    """What is none is passed over, as the views do."""
    found = []
    for text in texts:
        try:
            found.append(UUID(str(text)))
        except ValueError:
            continue
    return found
