"""By what lists of jobs are narrowed and ordered; there is an index for each (models/job)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Func, OrderBy, TextField

FILTERED = ("id", "status", "starred", "confidence", "created_at", "language_used", "engine_used")
# What lists are ordered by, but not narrowed.
SORTED = (
    *("file_name", "file_size", "media_type", "title", "updated_at", "error_code"),
    *("letter_count", "words", "lines", "pages_total", "seconds"),
)
# Columns that can be longer than an entry of an index may be: their start decides.
SORTED_BY_START = ("text", "tags")


class Start(Func):
    """The first 60 characters of a column. The number is no parameter: a database compares an
    expression with that of an index by how it is written."""

    template = "substr(CAST(%(expressions)s AS text), 1, 60)"
    output_field = TextField()


def columns(names: Iterable[str]) -> list[str | OrderBy]:
    """The names as `order_by` takes them, each with a minus sign or without."""
    return [_column(name) for name in names]


def is_descending(column: str | OrderBy) -> bool:
    return column.startswith("-") if isinstance(column, str) else column.descending


def first(name: str, names: Iterable[str]) -> list[str]:
    """The names with this one before all others."""
    return sorted(names, key=lambda other: other != name)


def _column(name: str) -> str | OrderBy:
    column = name.removeprefix("-")
    if column not in SORTED_BY_START:
        return name
    return OrderBy(Start(column), descending=column != name)
