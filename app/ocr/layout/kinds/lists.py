"""List items: their markers as printed, and their depth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.ocr.layout.context import Context
from app.ocr.layout.rows import Row

BULLETS = "•●◦○▪▫■□◆◇►▸▶➢➤➔→✓✔✗✘❖‣⁃∙·*"
BOXES = "☐☑☒◯◉"
# A dash is a bullet only if a space follows. A long dash opens speech, unless the text after it
# begins with a small letter, or at a tab: this many type sizes from the dash's left edge.
LONG_DASH, TAB = "—", 1.45
# A dash is no bullet if the line ends with the same one, as around a title.
DASHES = "-–—"
# A bullet of symbol fonts, or the sign before the number of a clause.
PARAGRAPH_SIGN = "§"
BULLET = re.compile(rf"[{re.escape(BULLETS)}{BOXES}]|[-–]|[oO§](?=$)")
NUMBER = re.compile(
    r"[(\[]?(?:(?P<number>\d{1,3}(?:\.\d{1,2}){0,3})|(?P<letter>[a-zA-Z])|(?P<roman>[ivxIVX]{1,6}))"
    r"(?P<end>[.)\]]|(?<=\.\d))"
)
# At least this many numbers without a dot make a list. In type sizes: their least distance from
# the text, and the largest difference of their edges.
PLAIN_ROWS, PLAIN_TAB, ALIGNED = 3, 1.2, 0.5
CIRCLED = re.compile("[①-⑳❶-❿⑴-⒇]")
# Markers are at most this many type sizes wide; deeper items begin this much further right.
MARKER_WIDTH = 3.0
DEEPER = 0.6
# Two items of one series have at most this many deeper items between them.
MOST_DEEPER = 12
# Further lines of an item begin within this many type sizes of its first line's text.
HANGING = 0.8
# Largest number of lines in monospaced type within an item, and the white above them.
MOST_INLINE, INLINE_GAP = 2, 0.5
# A numbered line in larger type is a heading.
LARGER, MEASURED_LARGER = 1.08, 1.22
TITLE = 1.25


@dataclass(frozen=True, slots=True)
class Marker:
    """text: as printed; value: of a number or letter, None for a bullet; left: in the frame;
    text_left: left of the word after it."""

    text: str
    value: int | None
    left: int
    text_left: int

    @property
    def is_decimal(self) -> bool:
        """Whether it is a number such as "6.1", as headings have."""
        return "." in self.text.strip(".")


def is_marker(text: str) -> bool:
    return bool(BULLET.fullmatch(text) or NUMBER.fullmatch(text) or CIRCLED.fullmatch(text))


def marker_of(row: Row) -> Marker | None:
    """The marker of a row that begins with one and has text after it."""
    words = [word for fragment in row.fragments for word in fragment.words]
    if row.main.direction == "ttb" or len(words) < 2:
        return _attached(row)
    text = words[0].text
    at_tab = second_left(row) - row.box.left >= TAB * row.size
    if text == LONG_DASH and not (at_tab or words[1].text[0].islower()):
        return None
    if text in DASHES and words[-1].text == text:
        return None
    if text == PARAGRAPH_SIGN and words[1].text[0].isdigit():
        return None
    if not is_marker(text) and text != LONG_DASH:
        return _attached(row)
    return Marker(text, value_of(text), row.box.left, second_left(row))


def _attached(row: Row) -> Marker | None:
    """A bullet that touches its text, as recognition often returns it."""
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
    """Markers of the rows of a run that begin list items, by the row's index.

    A bullet is enough by itself; a dash, a number or a letter only if an item of its series comes
    after or before, or if the item's lines hang. Numbered headings are larger or bold.
    """
    found = {
        at: marker
        for at, row in enumerate(rows)
        if (marker := marker_of(row)) and not _is_title(row, marker, context)
    }
    found = {at: marker for at, marker in found.items() if not _is_amount(marker, rows[at])}
    found |= _plain_numbers(rows, context)
    series = _in_series(found, rows)
    return {
        at: marker
        for at, marker in found.items()
        if _is_sure(marker) or at in series or _hangs(rows, at, marker)
    }


def _plain_numbers(rows: Sequence[Row], context: Context) -> dict[int, Marker]:
    """Numbers without a dot that count from 1 and stand at a tab from their texts."""
    found: dict[int, Marker] = {}
    for at, row in enumerate(rows):
        text = row.fragments[0].words[0].text
        if text != str(len(found) + 1):
            continue
        words = [word.text for part in row.fragments for word in part.words]
        if len(words) < 2 or not words[1][0].isalpha():
            continue
        marker = Marker(text, int(text), row.box.left, second_left(row))
        first = next(iter(found.values()), marker)
        shift = abs(first.left - marker.left) + abs(first.text_left - marker.text_left)
        at_tab = marker.text_left - marker.left >= PLAIN_TAB * row.size
        if at_tab and shift <= ALIGNED * row.size and not _is_title(row, marker, context):
            found[at] = marker
    return found if len(found) >= PLAIN_ROWS else {}


def _in_series(markers: dict[int, Marker], rows: Sequence[Row]) -> set[int]:
    """Indexes of items with a predecessor or successor in their series: the item before or, after
    deeper items, the last one at the same left edge."""
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
    """Whether it is a title: larger or bold; after a bullet, which may be an icon, both."""
    bold = row.bold and not context.bold_body
    if _is_sure(marker):
        return bold and row.size > TITLE * context.body
    return bold or row.size > (LARGER if context.sized else MEASURED_LARGER) * context.body


def _is_amount(marker: Marker, row: Row) -> bool:
    """Whether it is the first of a row of numbers."""
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
    """Whether the line below begins under the item's text, not under its marker."""
    if at + 1 >= len(rows) or marker.text_left - marker.left < HANGING * rows[at].size:
        return False
    below = rows[at + 1]
    near = abs(below.box.left - marker.text_left) < HANGING * rows[at].size
    return near and below.box.left - marker.left > DEEPER * rows[at].size


def goes_on_in_item(rows: Sequence[Row], start: int, end: int) -> bool:
    """Whether few rows continue the sentence of a list item right above: an address or a command
    in monospaced type."""
    first = rows[start]
    if not start or end - start > MOST_INLINE or rows[start - 1].text.endswith((".", ":", ";")):
        return False
    for above, below in pairwise(reversed(rows[: start + 1])):
        if above.top - below.bottom > INLINE_GAP * first.size:
            return False
        marker = marker_of(below)
        if marker:
            return abs(first.box.left - marker.text_left) < HANGING * first.size
        if abs(below.box.left - first.box.left) > HANGING * first.size:
            return False
    return False


def depths(markers: Sequence[Marker], size: float) -> list[int]:
    """Depth of each item of one list, from 1, by the left edges of the markers."""
    levels: list[int] = []
    result = []
    for marker in markers:
        while levels and marker.left < levels[-1] - DEEPER * size:
            levels.pop()
        if not levels or marker.left > levels[-1] + DEEPER * size:
            levels.append(marker.left)
        result.append(len(levels))
    return result
