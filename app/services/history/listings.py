"""Pages of the history, at a cost that does not grow with the number of entries."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import Q

from app.models import Job
from app.models.job import JobQuerySet
from app.models.search import count, newest


class Listing:
    """Entries for a paginator, with the order of `found` and the columns of `rows`.

    Counting and slicing use only indexes; only the entries of one page are read.
    """

    def __init__(self, found: JobQuerySet, rows: JobQuerySet, scope: int | None) -> None:
        """rows: all jobs, as the list reads them. scope: the reader's `search_scope`."""
        self.found = found
        self.rows = rows
        self.scope = scope

    def count(self) -> int:
        return self.found.count()

    def __getitem__(self, part: slice) -> list[Any]:
        return list(self.rows.filter(self.page_filter(part)).order_by(*self.order))

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(map(str, self.found.query.order_by)) or ("-id",)

    def page_filter(self, part: slice) -> Q:
        return Q(pk__in=self.found.order_by(*self.index_order).values("pk")[part])

    @property
    def index_order(self) -> tuple[str, ...]:
        """The same order; for one account's entries, as the columns of the index.

        No entry is in the trash, but PostgreSQL does not treat `deleted_at IS NULL` as a constant:
        without that column it would sort all entries or scan those of all accounts.
        """
        if not self.scope:
            return self.order
        sign = "-" if self.order[0].startswith("-") else ""
        return f"{sign}deleted_at", *self.order


class SearchListing(Listing):
    """One account's entries with every search word, newest first, sliced in the search index."""

    def __init__(self, words: str, rows: JobQuerySet, scope: int) -> None:
        super().__init__(Job.objects.all(), rows, scope)
        self.words = words
        self.owner_id = scope

    def count(self) -> int:
        return self.number

    @cached_property
    def number(self) -> int:
        return count(self.words, self.owner_id)

    def page_filter(self, part: slice) -> Q:
        return newest(self.words, self.owner_id, part.start, part.stop, of=self.number)


def listing(
    asked: dict[str, Any], *, found: JobQuerySet, rows: JobQuerySet, scope: int | None
) -> Listing:
    """The listing of found entries. asked: the filters that gave `found`. scope: the reader's
    `search_scope`."""
    given = {name for name, value in asked.items() if value not in ("", None, [])}
    if scope and given == {"search"}:
        return SearchListing(asked["search"], rows, scope)
    return Listing(found, rows, scope)
