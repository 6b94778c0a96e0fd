"""Remarks in a page's reason on content that is missing from its text."""

from __future__ import annotations

from dataclasses import replace

from app.ocr import remarks
from app.ocr.errors import OcrError
from app.ocr.result import Page
from app.ocr.scripts import script_of
from app.ocr.source import Source

UNREADABLE = "unreadable_image"
# Number of attached files that are named.
MAX_NAMED = 5
# Below this confidence a page is doubtful.
DOUBTFUL = 0.5
# A page with this many words is noise if this share of them are single letters and its confidence
# is below this, as on an answer sheet.
NOISE_WORDS, NOISE_SHARE, NOISE_BELOW = 40, 0.7, 0.9
# Scripts with hardly any words of one letter, unlike others.
NOISY_SCRIPTS = ("Latin", "Greek", "Cyrillic")


def with_remarks(page: Page, source: Source, files: tuple[str, ...]) -> Page:
    """The page with remarks on unread content of its file. files: names of attached files."""
    found = []
    if files:
        found.append(remarks.with_detail(remarks.ATTACHED, _listed(files)))
    if not any(page.words) and source.has_broken_picture(page.number):
        found.append(remarks.BROKEN_PICTURE)
    return replace(page, reason=remarks.joined(page.reason, *found))


def with_doubt(page: Page) -> Page:
    """Empty a page of mostly single letters, and add a remark to a doubtful page."""
    if _is_noise(page):
        return replace(page, blocks=(), reason=remarks.joined(page.reason, remarks.NO_SENSE))
    if any(page.words) and page.confidence < DOUBTFUL:
        return replace(page, reason=remarks.joined(page.reason, remarks.LITTLE_CONFIDENCE))
    if any(word.handwritten for word in page.words):
        return replace(page, reason=remarks.joined(page.reason, remarks.HANDWRITING))
    return page


def _is_noise(page: Page) -> bool:
    words = [word for line in page.lines for word in line.text.split()]
    single = sum(len(word) == 1 and script_of(word) in NOISY_SCRIPTS for word in words)
    many = len(words) >= NOISE_WORDS and single >= NOISE_SHARE * len(words)
    return many and page.confidence < NOISE_BELOW


def unread_page(number: int, error: OcrError, source: Source) -> Page:
    """An empty page in place of a damaged one, so that the others of the document are read.

    Raises the error where there are no others, or for any other cause.
    """
    if error.code != UNREADABLE or source.page_count == 1:
        raise error
    return Page(number, 1, 1, reason=remarks.with_detail(remarks.NOT_READ, error.message))


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - MAX_NAMED
    listed = ", ".join(names[:MAX_NAMED])
    return f"{listed} and {more} more" if more > 0 else listed
