"""Contents pages and indexes whose dots lead to page numbers, in one column or several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from app.ocr.layout.tables.tokens import Token

from .entries import EntryLine
from .lines import is_number

# Page numbers, as in "12,", "ix", "7-9" or "4,17".
PAGES = re.compile(r"[,;~–-]*(\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})([-–,;~]+(\d{1,4}|[ivxlc]+))*[,;]?")
AMOUNT = re.compile(r"\d{1,3}(,\d{3})+")
# Least lines with dots, their share of all lines, and the share of these that lead to pages only.
LEAST_LINES, LED_SHARE, PAGES_SHARE = 3, 0.35, 0.8
# Shares of the lines with dots that tell an index: with lists of pages, or with two entries.
LISTS_SHARE, PARALLEL_SHARE = 0.15, 0.5
RISING_SHARE = 0.85


# The page numbers after a run of dots; None where something else follows.
Pages = tuple[str, ...] | None


def leads_to_pages(lines: Sequence[EntryLine]) -> bool:
    """Whether most dots lead to page numbers that rise, are listed, or are in several columns.

    Several numbers with wide gaps between them are the cells of a table's row.
    """
    led = [found for line in lines if (found := _pages_after_dots(line.line.tokens))]
    if len(led) < max(LEAST_LINES, LED_SHARE * len(lines)):
        return False
    runs = [pages for each in led for pages in each]
    known = [pages for pages in runs if pages is not None]
    if len(known) < PAGES_SHARE * len(runs):
        return False
    lists = sum(len(pages) > 1 for pages in known)
    parallel = sum(len(each) > 1 for each in led)
    if lists >= LISTS_SHARE * len(led) or parallel >= PARALLEL_SHARE * len(led):
        return True
    numbers = [int(pages[0]) for pages in known if len(pages) == 1 and pages[0].isdecimal()]
    rising = sum(before <= after for before, after in pairwise(numbers))
    return len(numbers) >= LEAST_LINES and rising >= RISING_SHARE * (len(numbers) - 1)


def _pages_after_dots(tokens: Sequence[Token]) -> list[Pages]:
    """For each run of dots in a line. tokens: of the line, in any order."""
    found: list[Pages] = []
    ordered = sorted(tokens, key=lambda token: token.box.left)
    start: int | None = None
    for at, token in enumerate(ordered):
        if not token.is_leader:
            continue
        if start is not None and start < at - 1:
            found.append(_pages(ordered[start + 1 : at]))
        start = at
    if start is not None:
        found.append(_pages(ordered[start + 1 :]))
    return found


def _pages(tokens: Sequence[Token]) -> Pages:
    """The page numbers right after the dots; None for an amount or several cells with numbers."""
    texts: list[str] = []
    before: Token | None = None
    for token in tokens:
        text = token.word.text
        if before and token.box.left - before.box.right > token.reach:
            return None if is_number(text) else tuple(texts)
        if not PAGES.fullmatch(text) or AMOUNT.fullmatch(text):
            break
        texts += [page for page in re.split(r"[,;]", text) if page]
        before = token
    return tuple(texts) or None
