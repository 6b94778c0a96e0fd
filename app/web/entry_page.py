"""The part of a document on its entry page: one page, its neighbours, and found words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from app.models import Job, Page
from app.ocr import remarks, result
from app.ocr.confidence import words_to_check
from app.ocr.picture_sizes import strip_count
from app.services.history import doubts, word_corrections

from .page_blocks import ShownBlock, shown_blocks

STRIP = 4  # neighbours on either side
MAX_HITS = 50
PLAIN_RANGE = re.compile(r"\d+-\w*")
AROUND = 40  # characters of context on either side of a found word
REMARKS = {
    remarks.NOT_READ: gettext_noop("This page of the file is damaged and could not be read."),
    remarks.NO_SENSE: gettext_noop("There may be text on this page, but it could not be made out."),
    remarks.LITTLE_CONFIDENCE: gettext_noop("Much of this text is uncertain. Check it."),
    remarks.HANDWRITING: gettext_noop(
        "Some of this text seems to be handwritten. Check the underlined words."
    ),
    remarks.LOST_TEXT: gettext_noop("Some text on this page could not be read."),
    remarks.BROKEN_PICTURE: gettext_noop("A picture on this page is damaged and was not read."),
    remarks.ATTACHED: gettext_noop("Files attached to this page were not read: %(detail)s"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A match in the document: the page, and the found words with some context."""

    page: int
    before: str
    found: str
    after: str


@dataclass
class EntryPage:
    """One page of an entry, according to the query: `page`, `find`, `version=recognized`."""

    job: Job
    query: Mapping[str, str]

    @cached_property
    def numbers(self) -> list[int]:
        return list(self.doubts.counts)

    @cached_property
    def page(self) -> Page | None:
        """The requested page, by default the first; None before any page is finished."""
        if not self.numbers:
            return None
        asked = self.query.get("page", "")[:9]
        number = int(asked) if asked.isdecimal() else self.numbers[0]
        if number not in self.numbers:
            raise Http404
        return Page.objects.get(job=self.job, number=number)

    @property
    def is_corrected(self) -> bool:
        return bool(self.page and self.page.corrected_text is not None)

    @property
    def as_recognized(self) -> bool:
        """Whether the recognized text of a corrected page is requested."""
        return self.query.get("version") == "recognized"

    @cached_property
    def tree(self) -> result.Page | None:
        """Blocks, lines and words to show; None for a corrected text that fits no boxes."""
        if self.page is None:
            return None
        return self.page.result if self.as_recognized else self.page.word_result

    @property
    def remarks(self) -> list[str]:
        """What the recognized text lacks, in the language of the pages; nothing for a text that a
        person has corrected."""
        if self.page is None or self.is_corrected:
            return []
        found = remarks.remarks_in(self.page.tree["reason"])
        return [_(REMARKS[remark]) % {"detail": detail} for remark, detail in found]

    @property
    def editable(self) -> bool:
        """Whether single words can be corrected."""
        return self.tree is not None and not (self.is_corrected and self.as_recognized)

    @property
    def version(self) -> str:
        """The version of the page's words, for word_corrections.correct_words()."""
        return word_corrections.version_of(self.page) if self.page else ""

    @property
    def can_undo(self) -> bool:
        return self.page is not None and word_corrections.can_undo(self.page)

    @cached_property
    def doubts(self) -> doubts.Doubts:
        """Words to check in the whole document."""
        return doubts.find(job=self.job)

    @property
    def doubtful_pages(self) -> dict[str, int | None]:
        """Pages with words to check: the next, the previous and the first one."""
        if self.page is None or len(self.numbers) < 2:
            return {}
        at, found = self.page.number, self.doubts
        return {"next": found.after(at), "previous": found.before(at), "first": found.first}

    @cached_property
    def to_check(self) -> int:
        """The number of words that are not sure."""
        if self.page is None or self.tree is None:
            return 0
        if self.as_recognized:
            return words_to_check(self.tree.words)
        return self.doubts.counts[self.page.number]

    @property
    def blocks(self) -> list[ShownBlock] | None:
        """The page's blocks to show; None if there is no tree."""
        return None if self.tree is None else list(shown_blocks(self.tree))

    @property
    def continues_at(self) -> int | None:
        """The first missing page of a stopped document; None if that is unclear."""
        pages = self.job.options.get("pages") or "1-"
        total = self.job.pages_total or 0
        if not self.numbers or len(self.numbers) >= total or not PLAIN_RANGE.fullmatch(pages):
            return None
        return self.numbers[-1] + 1

    @property
    def pictures(self) -> list[tuple[str, int]]:
        """For each strip, its address relative to the entry's and its height in pixels of the
        page."""
        if self.page is None:
            return []
        width, height = self.page.width, self.page.height
        count = strip_count(width, height)
        edges = [round(number * height / count) for number in range(count + 1)]
        whole = f"pages/{self.page.number}/picture/"
        return [
            (whole if number == 1 else f"{whole}{number}/", edges[number] - edges[number - 1])
            for number in range(1, count + 1)
        ]

    @property
    def strip(self) -> list[int]:
        """Numbers of the page and its neighbours, equally few for long and short documents."""
        at = self.numbers.index(self.page.number) if self.page else 0
        return self.numbers[max(0, at - STRIP) : at + STRIP + 1]

    @property
    def previous(self) -> int | None:
        return self._neighbour(-1)

    @property
    def next(self) -> int | None:
        return self._neighbour(1)

    @property
    def last(self) -> int | None:
        return self.numbers[-1] if self.numbers else None

    def _neighbour(self, step: int) -> int | None:
        at = self.numbers.index(self.page.number) + step if self.page else -1
        return self.numbers[at] if 0 <= at < len(self.numbers) else None

    @cached_property
    def find(self) -> str:
        return self.query.get("find", "").strip()[:200]

    @cached_property
    def hits(self) -> list[Hit]:
        """Matches of the words in the whole document, at most MAX_HITS."""
        if not self.find:
            return []
        pages = Page.objects.filter(job=self.job).order_by("number").defer("tree")
        found = (hit for page in pages.iterator() for hit in _hits(page, self.find))
        return list(islice(found, MAX_HITS))


def _hits(page: Page, words: str) -> Iterator[Hit]:
    """Matches of the words in sequence, with any spaces and line breaks between them."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    text = page.final_text
    for match in re.finditer(pattern, text, re.IGNORECASE):
        start, end = match.span()
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        yield Hit(page.number, before, match.group(), after)
