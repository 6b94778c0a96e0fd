"""Page selections such as "1-3,7"."""

from __future__ import annotations

import re

from .errors import OcrError

FROM_END = re.compile(r"\s*r(\d{1,6})\s*")
RANGE = re.compile(r"\s*(\d{1,6})?\s*(-)?\s*(\d{1,6})?\s*")


def select_pages(text: str, count: int, limit: int) -> tuple[int, ...]:
    """Numbers (from 1, ascending) of the selected pages of a document of count pages; "" is all.

    "4-" runs to the end and "-4" from the start; "r1" is the last page, "r2" the one before, as in
    qpdf. Raises OcrError(bad_pages) for a malformed selection or one outside the document,
    OcrError(too_many_pages) for more than limit pages.
    """
    if not text.strip():
        _check_count(count, limit)
        return tuple(range(1, count + 1))
    ranges = [_parse_range(part, count) for part in text.split(",")]
    _check_count(max(len(pages) for pages in ranges), limit)
    selected = sorted({number for pages in ranges for number in pages})
    _check_count(len(selected), limit)
    return tuple(selected)


def check_pages(text: str) -> None:
    """Raises OcrError(bad_pages) for a selection that fits no document, before one is opened."""
    for part in text.split(",") if text.strip() else ():
        match = FROM_END.fullmatch(part) or _match_range(part)
        numbers = [int(found) for found in match.groups() if found and found != "-"]
        if 0 in numbers or numbers != sorted(numbers):
            raise OcrError("bad_pages", f"No document has the pages “{part.strip()[:40]}”.")


def _match_range(part: str) -> re.Match[str]:
    match = RANGE.fullmatch(part)
    if not match or not (match[1] or match[3]):
        raise OcrError("bad_pages", f"“{part[:40]}” is not a page or a range such as 2-5.")
    return match


def _parse_range(part: str, count: int) -> range:
    if from_end := FROM_END.fullmatch(part):
        part = str(count + 1 - int(from_end[1]))
    match = _match_range(part)
    first = int(match[1] or 1)
    last = int(match[3] or count) if match[2] else first
    if not 1 <= first <= last <= count:
        pages = "1 page" if count == 1 else f"{count} pages"
        message = f"“{part.strip()[:40]}” is outside the document of {pages}."
        raise OcrError("bad_pages", message, details={"last": count})
    return range(first, last + 1)


def _check_count(count: int, limit: int) -> None:
    if count > limit:
        message = f"At most {limit} pages are read at once; choose some with pages=1-{limit}."
        raise OcrError("too_many_pages", message, details={"limit": limit})
