"""Remarks in a page's reason on what is not in its text, instead of silence."""

from __future__ import annotations

from dataclasses import replace

from app.ocr.errors import OcrError
from app.ocr.result import Page
from app.ocr.source import Source

UNREADABLE = "unreadable_image"
# Of attached files, the first ones by name.
MAX_NAMED = 5


def with_remarks(page: Page, source: Source, files: tuple[str, ...]) -> Page:
    """The page with what its file holds besides it. files: names of those attached."""
    remarks = []
    if files:
        remarks.append(f"attached files were not read: {_listed(files)}")
    if not any(page.words) and source.has_broken_picture(page.number):
        remarks.append("a picture on the page is damaged and is not shown")
    return replace(page, reason="; ".join(filter(None, (page.reason, *remarks))))


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
