"""Find and replace over all pages of a document: counted first, undone as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import transaction

from app.models import Job, Page
from app.ocr.edits.replacement import Match, Search, matches, replaced

from . import corrections, word_corrections

MOST_PLACES = 50  # listed in a preview


@dataclass(frozen=True, slots=True)
class Preview:
    """count: of all matches. pages: how many have some. places: the first matches, by page
    number."""

    count: int
    pages: int
    places: tuple[tuple[int, Match], ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """group: identifies the replacement for undo()."""

    count: int
    pages: int
    group: str


def preview(*, job: Job, search: Search) -> Preview:
    """The matches in the document's current text."""
    count, numbers = 0, set()
    places: list[tuple[int, Match]] = []
    for row in _rows(job, search):
        found = list(matches(row.final_result, search))
        count += len(found)
        numbers.update([row.number] if found else [])
        places += [(row.number, match) for match in found[: MOST_PLACES - len(places)]]
    return Preview(count, len(numbers), tuple(places))


@transaction.atomic
def replace_all(*, job: Job, search: Search, text: str, author: User | None = None) -> Replacement:
    """Replaces every match; each page with a match gets one step.

    Raises OcrError(not_found) for a job that was deleted meanwhile.
    """
    corrections.lock(job=job)
    group, count, pages = uuid4().hex, 0, 0
    for row in _rows(job, search):
        before = row.final_result
        after = replaced(before, search, text)
        found = sum(1 for _ in matches(before, search))
        stored = word_corrections.store(
            row=row, before=before, after=after, author=author, group=group
        )
        count, pages = count + found * stored, pages + stored
    if pages:
        corrections.store_text(job=job, text=corrections.whole_text(job))
    return Replacement(count, pages, group)


@transaction.atomic
def undo(*, job: Job, group: str, author: User | None = None) -> int:
    """Undoes a replacement on the pages that were not edited since; returns their number.

    Raises OcrError(not_found) for a job that was deleted meanwhile.
    """
    corrections.lock(job=job)
    pages = 0
    for row in Page.objects.filter(job=job).order_by("number").iterator(chunk_size=20):
        if group and word_corrections.can_undo(row, group):
            word_corrections.take_back(row=row, before=row.final_result, author=author)
            pages += 1
    if pages:
        corrections.store_text(job=job, text=corrections.whole_text(job))
    return pages


def _rows(job: Job, search: Search) -> Iterator[Page]:
    """Pages whose text has a match; the trees of others are not loaded.

    Leaves out pages whose rewritten text fits no words.
    """
    texts = Page.objects.filter(job=job).order_by("number").defer("tree")
    found = [row.pk for row in texts.iterator() if search.pattern.search(row.final_text)]
    for start in range(0, len(found), 20):
        for row in Page.objects.filter(pk__in=found[start : start + 20]).order_by("number"):
            if row.word_result is not None:
                yield row
