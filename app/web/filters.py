"""Filters and orders of the history page; the query string is the saved filter."""

from __future__ import annotations

from typing import Any

import django_filters
from django.forms import Form
from django.utils.translation import gettext_lazy as _

from app.http.history_filter import EntryFilter
from app.models import Job, Status
from app.models.access import page_search_scope
from app.models.job import JobQuerySet

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


class HistoryFilter(EntryFilter):
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

    form_class: type[Form] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["language"].choices = _named(language_choices())
        self.form.fields["engine"].choices = _named(engine_choices())

    def get_form_class(self) -> type[Form]:
        """Created once; django-filter would create it, with all its fields, for each request."""
        own = type(self)
        if own.form_class is None:
            own.form_class = super().get_form_class()
        return own.form_class

    @property
    def narrowed(self) -> bool:
        """Whether the request filters entries, beyond their order."""
        return any(
            self.data.get(name) for name in ("search", "status", "language", "engine", "starred")
        )

    def scope(self) -> int | None:
        return page_search_scope(self.request.user)

    def rows(self) -> JobQuerySet:
        return with_snippets(Job.objects.history(), self.data.get("search", ""))

    def filter_order(self, jobs: JobQuerySet, name: str, value: str) -> JobQuerySet:
        return jobs.sorted_by(value)


def _named(choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Only real engines and languages: no entry was recognized by "auto"."""
    return [(value, label) for value, label in choices if value not in ("", "auto")]
