"""Remarks in a page's reason on what is not in its text, instead of silence."""

from __future__ import annotations

from dataclasses import replace

from app.ocr.errors import OcrError
from app.ocr.result import Page
from app.ocr.scripts import script_of
from app.ocr.source import Source

UNREADABLE = "unreadable_image"
# Of attached files, the first ones by name.
MAX_NAMED = 5
# Below this confidence a page is doubtful. One of so many words was not made out if most of them
# are of one letter and not read surely, as those of an answer sheet are.
DOUBTFUL = 0.5
NOISE_WORDS, NOISE_SHARE, NOISE_BELOW = 40, 0.7, 0.9
# Of the others some have words of one sign.
NOISY_SCRIPTS = ("Latin", "Greek", "Cyrillic")


def with_remarks(page: Page, source: Source, files: tuple[str, ...]) -> Page:
    """The page with what its file holds besides it. files: names of those attached."""
    remarks = []
    if files:
        remarks.append(f"attached files were not read: {_listed(files)}")
    if not any(page.words) and source.has_broken_picture(page.number):
        remarks.append("a picture on the page is damaged and is not shown")
    return replace(page, reason="; ".join(filter(None, (page.reason, *remarks))))


def with_doubt(page: Page) -> Page:
    """A page of single letters as one without text, a doubtful one with a remark on it."""
    if _is_noise(page):
        return replace(page, blocks=(), reason=_joined(page, "the text could not be made out"))
    if any(page.words) and page.confidence < DOUBTFUL:
        return replace(page, reason=_joined(page, "read with little confidence"))
    return page


def _is_noise(page: Page) -> bool:
    words = [word for line in page.lines for word in line.text.split()]
    single = sum(len(word) == 1 and script_of(word) in NOISY_SCRIPTS for word in words)
    many = len(words) >= NOISE_WORDS and single >= NOISE_SHARE * len(words)
    return many and page.confidence < NOISE_BELOW


def _joined(page: Page, remark: str) -> str:
    return "; ".join(filter(None, (page.reason, remark)))


def unread_page(number: int, error: OcrError, source: Source) -> Page:
    """An empty page in place of a damaged one, so that the others of the document are read.

    Raises the error where there are no others, or for any other cause.
    """
    if error.code != UNREADABLE or source.page_count == 1:
        raise error
    return Page(number, 1, 1, reason=f"not read: {error.message}")


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - MAX_NAMED
    listed = ", ".join(names[:MAX_NAMED])
    return f"{listed} and {more} more" if more > 0 else listed
