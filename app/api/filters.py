"""Filters of the API's lists. Unknown values are a 400 that lists the known ones."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR
from typing import Any

import django_filters
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django_filters.fields import IsoDateTimeField
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from app.http.history_filter import EntryFilter
from app.models import Job, Status
from app.models.access import search_scope
from app.models.job import JobQuerySet
from app.ocr.languages import from_tag
from app.services.history.listings import Listing

# Query name -> column, for `ordering`. Each column has an index (models/job_indexes), except the
# text: `letters` is accepted because the first onlineocr ordered by every field that it listed.
ORDERING = {
    "id": "id",
    "image": "id",
    "file_name": "file_name",
    "letters": "text",
    "count": "letter_count",
    "created_at": "created_at",
    "updated_at": "updated_at",
    "created_by": "owner",
    "title": "title",
    "status": "status",
    "engine": "engine_used",
    "language": "language_used",
    "confidence": "confidence",
    "words": "words",
    "pages_total": "pages_total",
    "size": "file_size",
}


class MomentField(IsoDateTimeField):
    def clean(self, value: Any) -> Any:
        """Refuses moments in the first and last year that have no year in UTC."""
        moment = super().clean(value)
        if moment and moment.year in (MINYEAR, MAXYEAR):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return moment


class MomentFilter(django_filters.IsoDateTimeFilter):
    field_class = MomentField


class ListFilterBackend(DjangoFilterBackend):
    """Filters and orders lists; a single entry is looked up only by its id."""

    def get_filterset_kwargs(self, request: Request, queryset: Any, view: Any) -> dict[str, Any]:
        """Removes unknown names of `ordering` where the first onlineocr, which ignored them, is
        imitated."""
        kwargs: dict[str, Any] = super().get_filterset_kwargs(request, queryset, view)
        if settings.COMPAT_ONLINEOCR and "ordering" in kwargs["data"]:
            names = kwargs["data"]["ordering"].split(",")
            known = [name for name in names if name.strip().removeprefix("-") in ORDERING]
            kwargs["data"] = kwargs["data"].copy()
            kwargs["data"]["ordering"] = ",".join(known)
        return kwargs

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        narrowed = view.action == "list"
        return super().filter_queryset(request, queryset, view) if narrowed else queryset


class ListOrdering(django_filters.OrderingFilter):
    """Ordering by the names of ORDERING, several of which may mean the same column."""

    def __init__(self, **options: Any) -> None:
        choices = [(sign + name, name) for name in ORDERING for sign in ("", "-")]
        unknown = f"%(value)s is not one of {', '.join(ORDERING)}."
        super().__init__(choices=choices, error_messages={"invalid_choice": unknown}, **options)

    def get_ordering_value(self, param: str) -> str:
        sign = "-" if param.startswith("-") else ""
        return sign + ORDERING[param.removeprefix("-")]

    def filter(self, jobs: JobQuerySet, value: list[str] | None) -> JobQuerySet:
        names = [self.get_ordering_value(name) for name in value or ()]
        return jobs.sorted_by(*names) if names else jobs


class AskedFilters(django_filters.FilterSet):
    """A filter set with only those filters that the query names.

    Copying the others, with their fields, for each request took a sixth of the time of a list.
    """

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        asked, known = data or QueryDict(), type(self).base_filters
        self.base_filters = {name: known[name] for name in known if name in asked}
        super().__init__(asked, *args, **kwargs)


class HistoryFilter(AskedFilters, EntryFilter):
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
        help_text=f"With - for descending, several with commas: {', '.join(ORDERING)}.",
    )

    def rows(self) -> JobQuerySet:
        return Job.objects.history().for_list()

    def filter_language(self, jobs: JobQuerySet, name: str, value: str) -> JobQuerySet:
        return jobs.filter(language_used__contains=from_tag(value))


class JobFilter(AskedFilters):
    status = django_filters.MultipleChoiceFilter(choices=Status.choices, distinct=False)
    created_after = MomentFilter("created_at", "gte", help_text="ISO 8601.")
    created_before = MomentFilter("created_at", "lt", help_text="ISO 8601.")

    class Meta:
        model = Job
        fields: list[str] = []

    @property
    def qs(self) -> Listing:
        rows = Job.objects.for_state()
        return Listing(super().qs, rows, search_scope(self.request.user))
