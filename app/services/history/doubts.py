"""Words to check in a document, by page, so that a proofreader can go from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction

from app.models import Job, Page
from app.ocr.confidence import words_to_check
from app.services.operations.transient_errors import unreachable_errors

# Pages counted in one go: pages of older databases and changed pages have no count yet.
MOST_COUNTED = 50


@dataclass(frozen=True)
class Doubts:
    """counts: the number of words to check on each page of the document, in page order."""

    counts: Mapping[int, int]

    @cached_property
    def by_page(self) -> dict[int, int]:
        """The counts of the pages that have some."""
        return {number: count for number, count in self.counts.items() if count}

    @property
    def total(self) -> int:
        return sum(self.by_page.values())

    @property
    def first(self) -> int | None:
        """The first page with a word to check."""
        return next(iter(self.by_page), None)

    def after(self, number: int) -> int | None:
        """The next page with a word to check."""
        return next((page for page in self.by_page if page > number), None)

    def before(self, number: int) -> int | None:
        """The last page before this one with a word to check."""
        return next((page for page in reversed(self.by_page) if page < number), None)


def find(*, job: Job) -> Doubts:
    """The doubts of the document as it is corrected now."""
    pages = Page.objects.filter(job=job).order_by("number")
    stored = dict(pages.values_list("number", "words_to_check"))
    missing = _count_missing(job) if None in stored.values() else {}
    return Doubts({number: count or missing.get(number, 0) for number, count in stored.items()})


def _count_missing(job: Job) -> dict[int, int]:
    """Counts by page number. If the database accepts no writes, they are still returned."""
    rows = list(Page.objects.filter(job=job, words_to_check=None)[:MOST_COUNTED])
    for row in rows:
        row.words_to_check = _count(row)
    if rows:
        with suppress(*unreachable_errors()), transaction.atomic():
            Page.objects.bulk_update(rows, ["words_to_check"])
    return {row.number: row.words_to_check or 0 for row in rows}


def _count(row: Page) -> int:
    """A text rewritten so that no words fit it has no marked words."""
    page = row.word_result
    return words_to_check(page.words) if page else 0
