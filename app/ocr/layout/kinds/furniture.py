"""Running heads, running feet and page numbers at the edges of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.ocr.layout.context import Context
from app.ocr.layout.reading_order.fragments import Fragment
from app.ocr.layout.rows import Row, rows_of
from app.ocr.result import Bbox

# Furniture is in this outer share of the page's height.
EDGE = 0.12
# The same with a page number at one side and a title at the other, where margins may be wide.
WIDE_EDGE = 0.17
# A page with fewer characters is a poster or a form, whose first line is no running head.
LEAST_CHARACTERS = 200
# White between furniture and the text, in type sizes.
SPACE = 0.7
WIDE_SPACE = 1.3
# White of at most this many times the gap between the next rows is not evidence.
LIKE_LEADING = 1.2
# White between the text and furniture in the wide edge.
FAR_SPACE = 1.0
SMALLER = 0.94
LARGER = 1.08
# The same with a page number at one side and a title at the other.
NUMBERED_LARGER = 1.3
# Parts of a running head set left and right are at least this share of the page's width apart.
SPREAD = 0.15
MOST_PARTS = 3
MOST_DIGITS = 6
# A short line is at most this far from the footnote below it, in type sizes.
NOTE_LINE = 2.0
# In type as small as a book's, the page's height is at least this many type sizes.
SMALL_TYPE = 50
NUMBER = re.compile(
    r"(?:(?:page|seite|s\.|p\.|pag\.|página|pagina|strona|str\.|стр\.|sivu|sida|side|blz\.)\s*)?"
    r"[-–—\[(|·•]*\s*(?:\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})\s*[-–—\])|·•]*"
    r"(?:\s*(?:/|of|von|de|sur|av|z|из|van|di)\s*\d{1,4})?"
    r"|第\s*\d+\s*(?:页|頁|ページ)?(?:\s*/?\s*共?\s*\d+\s*(?:页|頁|ページ)?)?|\d+\s*(?:页|頁|ページ)",
    re.IGNORECASE,
)
# Text with the page number at its end or beginning: "Preprint / 3", "12 | Annual report".
WITH_NUMBER = re.compile(
    r"[A-Z]{1,6}[-–]\d{1,4}|.*\s[/|·•–—-]\s*(?:\d{1,4}|[ivxl]{1,6})|\d{1,4}\s*[/|·•–—-]\s.*|.*\b(?:page|seite|página|pagina)\s+\d{1,4}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """before, after: rows read before and after the text, with their kinds. rest: the text."""

    before: list[tuple[Row, str]]
    after: list[tuple[Row, str]]
    rest: list[Fragment]


def split_furniture(
    fragments: list[Fragment], context: Context, tables: Sequence[tuple[Bbox, int]] = ()
) -> Furniture:
    """tables: their boxes in the frame, and their numbers of characters."""
    characters = sum(fragment.characters for fragment in fragments)
    is_short = characters + sum(count for _, count in tables) < LEAST_CHARACTERS
    boxes = [box for box, _ in tables]
    before: list[tuple[Row, str]] = []
    after: list[tuple[Row, str]] = []
    rest = fragments
    for _ in range(2):
        head = _edge_row(rest, boxes, context, at_top=True)
        if not head or (is_short and not _is_small_title([row for row, _ in head], context)):
            break
        before += head
        rest = _without(rest, head)
    for _ in range(0 if is_short else 2):
        foot = _edge_row(rest, boxes, context, at_top=False)
        if not foot:
            break
        after = foot + after
        rest = _without(rest, foot)
    return Furniture(before, after, rest)


def is_page_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text.strip()))


def _without(fragments: list[Fragment], rows: list[tuple[Row, str]]) -> list[Fragment]:
    gone = {id(fragment) for row, _ in rows for fragment in row.fragments}
    return [fragment for fragment in fragments if id(fragment) not in gone]


def _edge_row(
    fragments: list[Fragment],
    tables: Sequence[Bbox],
    context: Context,
    *,
    at_top: bool,
    nested: bool = False,
) -> list[tuple[Row, str]]:
    """The parts of the outermost row with their kinds, if it is furniture.

    A page number without white beside it belongs to the next row, if that one is furniture.
    """
    if not fragments:
        return []
    row = _outermost(fragments, at_top)
    parts = _parts(row)
    wide = _is_numbered_title(parts, context) or is_page_number(row.text)
    edge = WIDE_EDGE if wide else EDGE
    if not _is_at_edge(row, edge * context.height, context, at_top):
        return []
    inner = [*(each.box for each in _without(fragments, [(row, "")])), *tables]
    beyond = (box.top < row.box.top if at_top else box.bottom > row.box.bottom for box in tables)
    if not inner or any(beyond):
        return []
    kind = "header" if at_top else "footer"
    numbers = [part for part in parts if is_page_number(part.text)]
    own = [(part, "page_number" if part in numbers else kind) for part in parts]
    space, parted = _space(row, inner, context, at_top)
    far = not _is_at_edge(row, EDGE * context.height, context, at_top)
    if space < (FAR_SPACE if far else SPACE) * context.body and not parted:
        if len(numbers) < len(parts) or nested:
            return []
        rest = _without(fragments, own)
        beside = _edge_row(rest, tables, context, at_top=at_top, nested=True)
        return beside and ([*own, *beside] if at_top else [*beside, *own])
    if len(numbers) < len(parts):
        white = space >= WIDE_SPACE * context.body and not _is_leading(space, inner, at_top)
        signs = _signs(row, parts, context, parted=parted, white=white)
        if len(parts) > MOST_PARTS or not _looks_like_furniture(row, signs, context, at_top):
            return []
    return own


def _outermost(fragments: list[Fragment], at_top: bool) -> Row:
    outer = (
        min(fragments, key=lambda each: each.box.top)
        if at_top
        else max(fragments, key=lambda each: each.box.bottom)
    )
    beside = [
        each
        for each in fragments
        if min(each.box.bottom, outer.box.bottom) - max(each.box.top, outer.box.top)
        >= 0.4 * min(each.box.height, outer.box.height)
    ]
    return (
        rows_of(beside)[0]
        if len(rows_of(beside)) == 1
        else Row(tuple(sorted(beside, key=lambda each: each.box.left)))
    )


def _is_at_edge(row: Row, edge: float, context: Context, at_top: bool) -> bool:
    middle = (row.box.top + row.box.bottom) / 2
    return middle <= edge if at_top else middle >= context.height - edge


def _is_numbered_title(parts: Sequence[Row], context: Context) -> bool:
    """Whether it is a page number of few digits at one side and words at the other."""
    if len(parts) < 2 or not _is_spread(parts, context):
        return False
    numbers = [part.text.strip() for part in (parts[0], parts[-1]) if is_page_number(part.text)]
    return len(numbers) == 1 and len(numbers[0]) < MOST_DIGITS


def _space(row: Row, inner: Sequence[Bbox], context: Context, at_top: bool) -> tuple[float, bool]:
    """White between the row and the text, and whether a drawn line separates them."""
    if at_top:
        upper, lower = row.box.bottom, min(box.top for box in inner)
    else:
        upper, lower = max(box.bottom for box in inner), row.box.top
    parted = any(
        upper - 2 <= line.top and line.bottom <= lower + 2 and _is_wide(line, context)
        for line in context.lines
    )
    return lower - upper, parted


def _is_wide(line: Bbox, context: Context) -> bool:
    return line.width >= 0.5 * context.width


def _is_small_title(parts: Sequence[Row], context: Context) -> bool:
    """Whether it is a numbered title in type of one size, as small as a book's: the only running
    head on a page with hardly any text."""
    sizes = [part.size for part in parts]
    small = SMALL_TYPE * max(sizes) <= context.height and max(sizes) <= LARGER * min(sizes)
    return small and _is_numbered_title(parts, context)


def _parts(row: Row) -> list[Row]:
    """The row's runs of text with wide gaps between them."""
    parts: list[list[Fragment]] = []
    for fragment in row.fragments:
        if parts and fragment.box.left - parts[-1][-1].box.right < 1.5 * row.size:
            parts[-1].append(fragment)
        else:
            parts.append([fragment])
    return [Row(tuple(part)) for part in parts]


def _is_leading(space: float, inner: Sequence[Bbox], at_top: bool) -> bool:
    """Whether the next row has as much white on its other side: all rows are this far apart."""
    far = sorted((box.top, box.bottom) if at_top else (-box.bottom, -box.top) for box in inner)
    end = far[0][1]
    for start, stop in far:
        if start >= end:
            return space <= LIKE_LEADING * (start - end)
        end = max(end, stop)
    return False


def _signs(
    row: Row, parts: list[Row], context: Context, *, parted: bool, white: bool
) -> dict[str, bool]:
    smaller = row.size <= SMALLER * context.body
    italic = all(fragment.italic for fragment in row.fragments)
    return {
        "smaller": smaller,
        "parted": parted,
        "spread": _is_spread(parts, context),
        "italic": italic,
        "white": white,
        "aside": row.box.left > context.width / 2 and (italic or smaller or parted),
        "number": any(map(_has_page_number, (parts[0].text, parts[-1].text))),
    }


def _has_page_number(text: str) -> bool:
    return is_page_number(text) or bool(WITH_NUMBER.fullmatch(text.strip()))


def _is_spread(parts: Sequence[Row], context: Context) -> bool:
    return any(
        right.box.left - left.box.right >= SPREAD * context.width for left, right in pairwise(parts)
    )


def _looks_like_furniture(row: Row, signs: dict[str, bool], context: Context, at_top: bool) -> bool:
    """Whether there are at least two signs: white space alone separates a title as well."""
    numbered = signs["number"] and signs["spread"]
    if row.size > (NUMBERED_LARGER if numbered else LARGER) * context.body:
        return False
    told = numbered or (signs["parted"] and signs["aside"])
    if row.bold and not context.bold_body and at_top and not told:
        return False
    noted = _is_marked_note(row) or _is_under_short_line(row, context)
    if noted and not (at_top or numbered):
        return False
    return sum(signs.values()) >= 2


def _is_marked_note(row: Row) -> bool:
    return bool(re.match(r"[\d*†‡¹²³⁴-⁹]{1,2}\s*[^\W\d]", row.text))


def _is_under_short_line(row: Row, context: Context) -> bool:
    """Whether it is under a short line, as footnotes are."""
    return any(
        0 <= row.box.top - line.bottom <= NOTE_LINE * row.size
        and abs(line.left - row.box.left) <= NOTE_LINE * row.size
        and not _is_wide(line, context)
        for line in context.lines
    )
