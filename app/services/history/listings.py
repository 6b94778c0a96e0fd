"""Pages of the history, at a cost that does not grow with its entries."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import Q

from app.models import Job
from app.models.job import JobQuerySet
from app.models.ordering import is_descending
from app.models.search import count, newest


class Listing:
    """Entries for a paginator: those found, in their order, read as `shown` reads them.

    Counting and cutting need indexes alone; only the entries of one page are read.
    """

    def __init__(self, found: JobQuerySet, shown: JobQuerySet) -> None:
        self.found = found
        self.shown = shown

    def count(self) -> int:
        return self.found.count()

    def __getitem__(self, part: slice) -> list[Any]:
        return list(self.shown.filter(self.chosen(part)).order_by(*self.order))

    @property
    def order(self) -> tuple[Any, ...]:
        return tuple(self.found.query.order_by) or ("-id",)

    def chosen(self, part: slice) -> Q:
        return Q(pk__in=self.found.order_by(*self.index_order).values("pk")[part])

    @property
    def index_order(self) -> tuple[Any, ...]:
        """The same order, for one owner's entries in the words of the indexes.

        No entry is in the trash, yet PostgreSQL has to be told that this is no matter of order:
        else it sorts all entries, or goes through everybody's.
        """
        if not self.found.scope:
            return self.order
        return "-deleted_at" if is_descending(self.order[0]) else "deleted_at", *self.order


class Matches(Listing):
    """One owner's entries with every word, newest first, in the order in which they came in."""

    def __init__(self, words: str, owner_id: int, shown: JobQuerySet) -> None:
        super().__init__(Job.objects.all(), shown)
        self.words = words
        self.owner_id = owner_id

    def count(self) -> int:
        return self.number

    @cached_property
    def number(self) -> int:
        return count(self.words, self.owner_id)

    def chosen(self, part: slice) -> Q:
        return newest(self.words, self.owner_id, part.start, part.stop, of=self.number)


def listing(
    jobs: JobQuerySet, asked: dict[str, Any], found: JobQuerySet, shown: JobQuerySet
) -> Listing:
    """asked: the filters by which `found` came from `jobs`, which are all that somebody may see."""
    given = {name for name, value in asked.items() if value not in ("", None, [])}
    if given == {"search"} and jobs.scope:
        return Matches(asked["search"], jobs.scope, shown)
    return Listing(found, shown)
