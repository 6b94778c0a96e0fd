"""List items: their markers as printed, and their depth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.ocr.layout.context import Context
from app.ocr.layout.rows import Row

BULLETS = "•●◦○▪▫■□◆◇►▸▶➢➤➔→✓✔✗✘❖‣⁃∙·*"
BOXES = "☐☑☒◯◉"
# A dash is a bullet only where it is followed by a space. A long one opens speech, unless the text
# after it begins with a small letter or so many type sizes to the right, at a tab.
LONG_DASH, TAB = "—", 1.45
# A title may be between two of them.
DASHES = "-–—"
BULLET = re.compile(rf"[{re.escape(BULLETS)}{BOXES}]|[-–]|[oO§](?=$)")
NUMBER = re.compile(
    r"[(\[]?(?:(?P<number>\d{1,3}(?:\.\d{1,2}){0,3})|(?P<letter>[a-zA-Z])|(?P<roman>[ivxIVX]{1,6}))"
    r"(?P<end>[.)\]]|(?<=\.\d))"
)
CIRCLED = re.compile("[①-⑳❶-❿⑴-⒇]")
# Markers are no wider than this many type sizes; deeper items begin this much further right.
MARKER_WIDTH = 3.0
DEEPER = 0.6
# More items between two of one series are no deeper ones of the first.
MOST_DEEPER = 12
# The text of an item that goes on begins this near to the text of its first line.
HANGING = 0.8
# A numbered line in larger type is a heading.
LARGER, MEASURED_LARGER = 1.08, 1.22
TITLE = 1.25


@dataclass(frozen=True, slots=True)
class Marker:
    """text: as printed; value: of a number or letter, None for a bullet; left: in the frame;
    text_left: of the word after it."""

    text: str
    value: int | None
    left: int
    text_left: int

    @property
    def is_decimal(self) -> bool:
        """Whether it is a number such as "6.1", as of headings."""
        return "." in self.text.strip(".")


def is_marker(text: str) -> bool:
    return bool(BULLET.fullmatch(text) or NUMBER.fullmatch(text) or CIRCLED.fullmatch(text))


def marker_of(row: Row) -> Marker | None:
    """Of a row that begins with a marker and has text after it."""
    words = [word for fragment in row.fragments for word in fragment.words]
    if row.main.direction == "ttb" or len(words) < 2:
        return _attached(row)
    text = words[0].text
    at_tab = second_left(row) - row.box.left >= TAB * row.size
    if text == LONG_DASH and not (at_tab or words[1].text[0].islower()):
        return None
    if text in DASHES and words[-1].text == text:
        return None
    if not is_marker(text) and text != LONG_DASH:
        return _attached(row)
    return Marker(text, value_of(text), row.box.left, second_left(row))


def _attached(row: Row) -> Marker | None:
    """A bullet that touches its text, as recognition often gives it."""
    text = row.fragments[0].words[0].text
    if len(text) > 2 and text[0] in "•●▪■◦➢☐☑☒◯◉" and text[1].isalnum():
        return Marker(text[0], None, row.box.left, row.box.left + round(row.size))
    return None


def second_left(row: Row) -> int:
    """Left of the second word in the frame; estimated where the frame turns the page."""
    first = row.fragments[0]
    if len(first.words) == 1:
        return row.fragments[1].box.left
    if first.box.left == first.words[0].bbox.left:
        return first.words[1].bbox.left
    length = sum(len(word.text) + 1 for word in first.words) - 1
    share = (len(first.words[0].text) + 1) / length
    return first.box.left + round(share * first.box.width)


def value_of(marker: str) -> int | None:
    """Place in its series: 3 for "3.", "(c)" and "iii)"; of "2.3" the last number."""
    if CIRCLED.fullmatch(marker):
        return ord(marker) % 20 or 20
    found = NUMBER.fullmatch(marker)
    if not found:
        return None
    if found["number"]:
        return int(found["number"].rpartition(".")[2])
    return ord(found[0].strip("()[].").lower()[0]) - ord("a") + 1


def list_rows(rows: Sequence[Row], context: Context) -> dict[int, Marker]:
    """Rows of a run that begin list items, by their place in the run.

    A bullet says so by itself; a dash, a number or a letter only where another item of its series
    follows or comes before, or where the item's lines hang. Numbered headings are larger or bold.
    """
    found = {
        at: marker
        for at, row in enumerate(rows)
        if (marker := marker_of(row)) and not _is_title(row, marker, context)
    }
    found = {at: marker for at, marker in found.items() if not _is_amount(marker, rows[at])}
    series = _in_series(found, rows)
    return {
        at: marker
        for at, marker in found.items()
        if _is_sure(marker) or at in series or _hangs(rows, at, marker)
    }


def _in_series(markers: dict[int, Marker], rows: Sequence[Row]) -> set[int]:
    """Places of items that follow, or are followed by, one of their series: the one before or,
    behind deeper items, the last at their left edge."""
    series: set[int] = set()
    places = sorted(markers)
    for number, at in enumerate(places):
        before = places[max(0, number - MOST_DEEPER) : number]
        same = (one for one in reversed(before) if _is_at_edge_of(markers[one], markers[at], rows))
        for one in {*before[-1:], next(same, at)} - {at}:
            if _are_siblings(markers[one], markers[at], rows[one]):
                series |= {one, at}
    return series


def _is_at_edge_of(one: Marker, other: Marker, rows: Sequence[Row]) -> bool:
    return abs(one.left - other.left) <= DEEPER * rows[0].size


def _is_title(row: Row, marker: Marker, context: Context) -> bool:
    """Larger or bold; behind a sign, such as an icon, it is both."""
    bold = row.bold and not context.bold_body
    if _is_sure(marker):
        return bold and row.size > TITLE * context.body
    return bold or row.size > (LARGER if context.sized else MEASURED_LARGER) * context.body


def _is_amount(marker: Marker, row: Row) -> bool:
    """The first of a row of numbers."""
    return marker.text[-1].isdigit() and not any(map(str.isalpha, row.text))


def _is_sure(marker: Marker) -> bool:
    return marker.text[0] in "•●▪■◦➢➤❖‣⁃☐☑☒◯◉"


def _are_siblings(one: Marker, other: Marker, row: Row) -> bool:
    if abs(one.left - other.left) > DEEPER * row.size + (one.value or 0) // 9 * row.size:
        return False
    if one.value is None or other.value is None:
        return one.text == other.text
    return other.value == one.value + 1


def _hangs(rows: Sequence[Row], at: int, marker: Marker) -> bool:
    """The line below begins under the item's text, not under its marker."""
    if at + 1 >= len(rows) or marker.text_left - marker.left < HANGING * rows[at].size:
        return False
    below = rows[at + 1]
    near = abs(below.box.left - marker.text_left) < HANGING * rows[at].size
    return near and below.box.left - marker.left > DEEPER * rows[at].size


def depths(markers: Sequence[Marker], size: float) -> list[int]:
    """Depth of each item of one list, from 1, by where the markers begin."""
    levels: list[int] = []
    result = []
    for marker in markers:
        while levels and marker.left < levels[-1] - DEEPER * size:
            levels.pop()
        if not levels or marker.left > levels[-1] + DEEPER * size:
            levels.append(marker.left)
        result.append(len(levels))
    return result
