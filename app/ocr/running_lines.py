"""Running heads, running feet and page numbers that only repetition on neighbouring pages proves.

Layout finds those that a single page reveals (app.ocr.layout.kinds.furniture). A plain line at the
edge is one if a page at most FURTHEST pages off has the same line at the same place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby
from statistics import median

from app.ocr.layout.kinds.furniture import EDGE, is_page_number
from app.ocr.result import FURNITURE, Block, Line, Page

# Left and right pages have different heads, so the page after next is compared as well.
FURTHEST = 2
# Texts from this similarity on are the same, numbers aside; recognition errs in some letters.
SAME_TEXT = 0.88
# The same place: within these shares of the page's height and width.
SAME_HEIGHT, SAME_EDGE = 0.012, 0.03
# If more rows than this repeat at one edge, the pages are copies of one form.
MOST_ROWS = 3
# Larger type than this, as a share of the page's usual line, is the title of a slide.
LARGEST = 1.25
# Pages with fewer characters are posters, forms or slides.
LEAST_CHARACTERS = 200
# Fewer letters, such as a bullet, prove nothing.
LEAST_LETTERS = 3
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line in the outer part of a page. kind: of its block; positions in shares of the page."""

    line: Line
    kind: str
    left: float
    right: float
    middle: float

    @property
    def text(self) -> str:
        return DIGITS.sub("0", self.line.text.casefold())

    @property
    def is_known(self) -> bool:
        return self.kind in FURNITURE


def mark_running(pages: Sequence[Page]) -> list[Page]:
    """The pages in their order, with each such line as a block of its own kind.

    Heads come first on their page and feet last, as layout puts them. Words and boxes stay.
    """
    return [
        _marked(
            page,
            [other for other in pages if 0 < abs(other.number - page.number) <= FURTHEST],
        )
        for page in pages
    ]


def _marked(page: Page, others: Sequence[Page]) -> Page:
    others = [other for other in others if _is_comparable(page, other)]
    if not others:
        return page
    kinds: dict[int, str] = {}
    for at_top in (True, False):
        found = max((_running(page, other, at_top) for other in others), key=len)
        kinds |= {id(edge.line): _kind(edge, at_top) for edge in found if not edge.is_known}
    return replace(page, blocks=_split(page.blocks, kinds)) if kinds else page


def _is_comparable(page: Page, other: Page) -> bool:
    """Whether both pages have one size and enough text besides their heads."""
    same = abs(page.height - other.height) <= SAME_EDGE * page.height
    return same and all(_characters(each) >= LEAST_CHARACTERS for each in (page, other))


def _characters(page: Page) -> int:
    return sum(len(word.text) for word in page.words)


def _running(page: Page, other: Page, at_top: bool) -> list[_Edge]:
    """Lines of the outermost rows that the other page has as well; none if too many rows repeat."""
    there = list(_edges(other, at_top))
    apart = abs(page.number - other.number)
    found: list[_Edge] = []
    rows = _rows(_edges(page, at_top), at_top)
    for count, row in enumerate(rows):
        known = all(edge.is_known for edge in row)
        if not known and not any(_repeats(edge, each, apart) for edge in row for each in there):
            break
        if count == MOST_ROWS:
            return []
        found += row
    return found


def _repeats(edge: _Edge, other: _Edge, apart: int) -> bool:
    if abs(edge.middle - other.middle) > SAME_HEIGHT or not _says_something(edge.line.text):
        return False
    aligned = (
        abs(edge.left - other.left) <= SAME_EDGE
        or abs(edge.right - other.right) <= SAME_EDGE
        or abs(edge.left + edge.right - other.left - other.right) <= 2 * SAME_EDGE
    )
    # On left and right pages the outer edge changes sides.
    mirrored = apart == 1 and abs(edge.left - (1 - other.right)) <= SAME_EDGE
    return (aligned or mirrored) and _likeness(edge.text, other.text) >= SAME_TEXT


def _likeness(text: str, other: str) -> float:
    return SequenceMatcher(None, text, other, autojunk=False).ratio()


def _says_something(text: str) -> bool:
    return is_page_number(text) or sum(map(str.isalpha, text)) >= LEAST_LETTERS


def _edges(page: Page, at_top: bool) -> Iterator[_Edge]:
    """Lines in the outer part (EDGE) of the page's height, in type no larger than LARGEST."""
    usual = median(line.bbox.height for line in page.lines)
    for block in page.blocks:
        if block.kind in ("table", "margin"):
            continue
        for line in block.lines:
            box = line.bbox
            middle = (box.top + box.bottom) / 2 / page.height
            outside = middle <= EDGE if at_top else middle >= 1 - EDGE
            if outside and box.height <= LARGEST * usual:
                left, right = box.left / page.width, box.right / page.width
                yield _Edge(line, block.kind, left, right, middle)


def _rows(edges: Iterator[_Edge], at_top: bool) -> list[list[_Edge]]:
    """The lines in rows, from the page's edge inwards."""
    ordered = sorted(edges, key=lambda edge: edge.middle, reverse=not at_top)
    rows: list[list[_Edge]] = []
    for edge in ordered:
        if rows and abs(rows[-1][0].middle - edge.middle) <= SAME_HEIGHT / 2:
            rows[-1].append(edge)
        else:
            rows.append([edge])
    return rows


def _kind(edge: _Edge, at_top: bool) -> str:
    if is_page_number(edge.line.text):
        return "page_number"
    return "header" if at_top else "footer"


def _split(blocks: Sequence[Block], kinds: dict[int, str]) -> tuple[Block, ...]:
    """kinds: of the lines that leave their blocks, by identity."""
    heads: list[Block] = []
    rest: list[Block] = []
    feet: list[Block] = []
    middle = max((block.bbox.bottom for block in blocks), default=0) / 2
    for block in blocks:
        for kind, run in groupby(block.lines, key=lambda line: kinds.get(id(line), "")):
            lines = tuple(run)
            if not kind:
                rest.append(block if len(lines) == len(block.lines) else _rest(block, lines))
            else:
                edge = heads if lines[0].bbox.top < middle else feet
                edge += [Block((line,), kind) for line in lines]
    return (*heads, *rest, *feet)


def _rest(block: Block, lines: tuple[Line, ...]) -> Block:
    """The remaining lines as a block, which keeps its marker only with its first line."""
    if lines[0] is block.lines[0]:
        return replace(block, lines=lines)
    return replace(block, lines=lines, marker="", kind="text" if block.marker else block.kind)
