"""Remarks in a page's reason on what is not in its text, instead of silence."""

from __future__ import annotations

from dataclasses import replace

from app.ocr.errors import OcrError
from app.ocr.result import Page
from app.ocr.scripts import is_unspaced
from app.ocr.source import Source

UNREADABLE = "unreadable_image"
# Of attached files, the first ones by name.
MAX_NAMED = 5
# Below this expected share of right words a page is doubtful; in so many words, most of them of one
# letter, it is none that was made out.
DOUBTFUL = 0.5
NOISE_WORDS, NOISE_SHARE = 40, 0.7


def with_remarks(page: Page, source: Source) -> Page:
    """The page with what its file holds besides it."""
    remarks = []
    if page.number == 1 and source.attachments:
        remarks.append(f"attached files were not read: {_listed(source.attachments)}")
    if not any(page.words) and source.has_broken_picture(page.number):
        remarks.append("a picture on the page is damaged and is not shown")
    return replace(page, reason="; ".join(filter(None, (page.reason, *remarks))))


def with_doubt(page: Page) -> Page:
    """A page of single letters as one without text, a doubtful one with a remark on it.

    Its confidence is calibrated: the expected share of right words.
    """
    if not any(page.words) or page.confidence >= DOUBTFUL:
        return page
    if _is_noise(page):
        return replace(page, blocks=(), reason=_joined(page, "the text could not be made out"))
    return replace(page, reason=_joined(page, "read with little confidence"))


def _is_noise(page: Page) -> bool:
    words = [word.text for word in page.words]
    letters = sum(len(word) == 1 and not is_unspaced(word) for word in words)
    return len(words) >= NOISE_WORDS and letters >= NOISE_SHARE * len(words)


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
