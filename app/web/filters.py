"""What the history page can be narrowed and ordered by; the query string is the saved filter."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from app.models import Job, Status
from app.services.history.listings import Listing, listing

from .forms.recognize import engine_choices, language_choices
from .snippets import with_snippets

STATUS_LABELS = [
    (Status.DONE, _("Done")),
    (Status.RUNNING, _("Running")),
    (Status.QUEUED, _("Waiting")),
    (Status.FAILED, _("Failed")),
    (Status.CANCELLED, _("Cancelled")),
]
ORDERS = [
    ("-id", _("Newest first")),
    ("id", _("Oldest first")),
    ("file_name", _("File name")),
    ("confidence", _("Least certain first")),
    ("-words", _("Most words first")),
]


class HistoryFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(method="filter_search", max_length=200)
    status = django_filters.ChoiceFilter(
        choices=STATUS_LABELS, label=_("Status"), empty_label=_("Any status")
    )
    language = django_filters.ChoiceFilter(
        "language_used", "contains", label=_("Language"), empty_label=_("Any language")
    )
    engine = django_filters.ChoiceFilter(
        method="filter_engine", label=_("Engine"), empty_label=_("Any engine")
    )
    starred = django_filters.ChoiceFilter(
        choices=[("True", _("Starred"))],
        label=_("Starred"),
        empty_label=_("With or without star"),
    )
    order = django_filters.ChoiceFilter(
        method="filter_order",
        choices=ORDERS[1:],
        label=_("Order"),
        empty_label=ORDERS[0][1],
    )

    class Meta:
        model = Job
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["language"].choices = _named(language_choices())
        self.form.fields["engine"].choices = _named(engine_choices())

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order was asked for."""
        return any(
            self.data.get(name) for name in ("search", "status", "language", "engine", "starred")
        )

    @property
    def qs(self) -> Listing:
        shown = with_snippets(Job.objects.history(), self.data.get("search", ""))
        asked = self.form.cleaned_data if self.is_valid() else {}
        return listing(self.queryset, asked, super().qs, shown)

    def filter_search(self, jobs: Any, name: str, value: str) -> QuerySet[Job]:
        found: QuerySet[Job] = jobs.search(value)
        return found

    def filter_engine(self, jobs: QuerySet[Job], name: str, value: str) -> QuerySet[Job]:
        return jobs.filter(Q(engine_used=value) | Q(engine=value))

    def filter_order(self, jobs: Any, name: str, value: str) -> QuerySet[Job]:
        ordered: QuerySet[Job] = jobs.sorted_by(value)
        return ordered


def _named(choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Only real engines and languages: nothing was read by "auto"."""
    return [(value, label) for value, label in choices if value not in ("", "auto")]
