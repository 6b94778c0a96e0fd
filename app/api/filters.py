"""Filters of the history. Unknown values are a 400 that lists what may stand there."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django_filters.fields import IsoDateTimeField
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from app.models import Job, Status
from app.ocr.languages import from_tag
from app.services.history.listings import Listing, listing

# Query name -> model field, for `ordering`: every field of the list. A minus sign turns it round.
ORDERING = {
    "id": "id",
    "image": "id",
    "url": "id",
    "file_name": "file_name",
    "letters": "text",
    "excerpt": "text",
    "title": "title",
    "created_at": "created_at",
    "updated_at": "updated_at",
    "created_by": "owner",
    "status": "status",
    "error_code": "error_code",
    "engine": "engine_used",
    "engine_used": "engine_used",
    "language": "language_used",
    "language_used": "language_used",
    "confidence": "confidence",
    "count": "letter_count",
    "words": "words",
    "lines": "lines",
    "pages_total": "pages_total",
    "seconds": "seconds",
    "size": "file_size",
    "media_type": "media_type",
    "starred": "starred",
    "tags": "tags",
}


class MomentField(IsoDateTimeField):
    def clean(self, value: Any) -> Any:
        """In UTC some moments of the first and the last year are in none."""
        moment = super().clean(value)
        if moment and moment.year in (MINYEAR, MAXYEAR):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return moment


class MomentFilter(django_filters.IsoDateTimeFilter):
    field_class = MomentField


class ListFilterBackend(DjangoFilterBackend):
    """Narrows and orders lists; one entry is found by its id alone."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        narrowed = view.action == "list"
        return super().filter_queryset(request, queryset, view) if narrowed else queryset


class ListOrdering(django_filters.OrderingFilter):
    """By the names of ORDERING, several of which may mean the same column."""

    def __init__(self, **options: Any) -> None:
        choices = [(sign + name, name) for name in ORDERING for sign in ("", "-")]
        super().__init__(choices=choices, **options)

    def get_ordering_value(self, param: str) -> str:
        sign = "-" if param.startswith("-") else ""
        return sign + ORDERING[param.removeprefix("-")]

    def filter(self, jobs: Any, value: list[str] | None) -> QuerySet[Job]:
        names = [self.get_ordering_value(name) for name in value or ()]
        ordered: QuerySet[Job] = jobs.sorted_by(*names) if names else jobs
        return ordered


class HistoryFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(
        method="filter_search",
        max_length=200,
        help_text="Words in file name, title, text or notes, or `#tag`.",
    )
    created_after = MomentFilter("created_at", "gte", help_text="ISO 8601.")
    created_before = MomentFilter("created_at", "lt", help_text="ISO 8601.")
    engine = django_filters.CharFilter(
        method="filter_engine", help_text="The engine asked for or used."
    )
    language = django_filters.CharFilter(
        method="filter_language", help_text="A language that was used: `deu`, or a tag as `de`."
    )
    status = django_filters.MultipleChoiceFilter(choices=Status.choices, distinct=False)
    confidence_min = django_filters.NumberFilter("confidence", "gte", help_text="0 to 1.")
    confidence_max = django_filters.NumberFilter("confidence", "lte", help_text="0 to 1.")
    ordering = ListOrdering(
        help_text="Any field of the list, with - for descending; several with commas.",
    )

    class Meta:
        model = Job
        fields: list[str] = []

    @property
    def qs(self) -> Listing:
        shown = Job.objects.history().for_list()
        return listing(self.queryset, self.form.cleaned_data, super().qs, shown)

    def filter_search(self, jobs: QuerySet[Job], name: str, value: str) -> QuerySet[Job]:
        return jobs.search(value)

    def filter_language(self, jobs: QuerySet[Job], name: str, value: str) -> QuerySet[Job]:
        return jobs.filter(language_used__contains=from_tag(value))

    def filter_engine(self, jobs: QuerySet[Job], name: str, value: str) -> QuerySet[Job]:
        return jobs.filter(Q(engine_used=value) | Q(engine=value))


class JobFilter(django_filters.FilterSet):
    status = django_filters.MultipleChoiceFilter(choices=Status.choices, distinct=False)
    created_after = MomentFilter("created_at", "gte", help_text="ISO 8601.")
    created_before = MomentFilter("created_at", "lt", help_text="ISO 8601.")

    class Meta:
        model = Job
        fields: list[str] = []

    @property
    def qs(self) -> Listing:
        return Listing(super().qs, Job.objects.history().defer("text", "corrected_text"))
