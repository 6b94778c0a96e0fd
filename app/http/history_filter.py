"""Filters of the history that the API and the pages share."""

from __future__ import annotations

import django_filters
from django.db.models import Q

from app.models import Job
from app.models.access import search_scope
from app.models.job import JobQuerySet
from app.services.history.listings import Listing, listing


class EntryFilter(django_filters.FilterSet):
    """Search, engine and order of a history. Needs the request, because its user is the reader."""

    search = django_filters.CharFilter(method="filter_search", max_length=200)

    class Meta:
        model = Job
        fields: list[str] = []

    @property
    def qs(self) -> Listing:
        asked = self.form.cleaned_data if self.is_valid() else {}
        return listing(asked, found=super().qs, rows=self.rows(), scope=self.scope())

    def scope(self) -> int | None:
        """The `search_scope` of the reader; the pages have one of their own."""
        return search_scope(self.request.user)

    def rows(self) -> JobQuerySet:
        """All jobs, with the columns of the list."""
        raise NotImplementedError

    def filter_search(self, jobs: JobQuerySet, name: str, value: str) -> JobQuerySet:
        return jobs.search(value, self.scope())

    def filter_engine(self, jobs: JobQuerySet, name: str, value: str) -> JobQuerySet:
        return jobs.filter(Q(engine_used=value) | Q(engine=value))
