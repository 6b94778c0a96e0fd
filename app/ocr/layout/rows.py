"""Rows, each from the fragments at one height."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from app.ocr.result import Bbox, Line, Word
from app.ocr.scripts import is_unspaced, joins_without_space

from .kinds.type_size import depth_of
from .reading_order.fragments import Fragment
from .symbols.symbol_fonts import spelled

# A fragment belongs to a row if their common height is this share of the lower of the two.
SAME_ROW_OVERLAP = 0.5
# Fragments with at least this share of the narrower one's width in common are on different rows.
SIDEWAYS = 0.3
# Text this many times as high as its neighbour shares a row only with a single small line.
LARGE = 2.5
# Fragments further apart than this many type sizes are cells, not one run of text.
CELL_GAP = 1.5
# A raised mark touches its word: its largest size and gap relative to the word's type size.
MARK_SIZE, MARK_GAP = 0.8, 0.2
MARK_RISE, MARK_LENGTH = 0.1, 4
# A line of text reaches this far above and below its baseline, in type sizes.
LINE_HEIGHT, LINE_DEPTH = 0.75, 0.2
_characters, _middle = attrgetter("characters"), attrgetter("middle")
_left, _top = attrgetter("box.left"), attrgetter("box.top")


@dataclass(frozen=True)
class Row:
    """fragments: left to right in the frame, never empty. box: in the frame.

    main: the fragment with most characters, which determines the row's type.
    """

    fragments: tuple[Fragment, ...]
    main: Fragment = field(init=False, compare=False)
    box: Bbox = field(init=False)

    def __post_init__(self) -> None:
        main = (
            max(self.fragments, key=_characters) if len(self.fragments) > 1 else self.fragments[0]
        )
        object.__setattr__(self, "main", main)
        object.__setattr__(self, "box", Bbox.around([each.box for each in self.fragments]))

    @property
    def size(self) -> float:
        return self.main.size

    @cached_property
    def baseline(self) -> float:
        """Computed from the box's bottom, which is lower where letters descend below the line."""
        main = self.main
        if main.sized:
            return main.box.bottom - LINE_DEPTH * main.size
        return main.box.bottom - depth_of(self.text) * main.size

    @property
    def top(self) -> float:
        """Top of the line as set, whatever its letters are."""
        return self.baseline - LINE_HEIGHT * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + LINE_DEPTH * self.size

    @cached_property
    def bold(self) -> bool:
        return all(fragment.bold for fragment in self.fragments)

    @cached_property
    def characters(self) -> int:
        return sum(fragment.characters for fragment in self.fragments)

    @cached_property
    def length(self) -> int:
        """Number of characters and spaces, where a Chinese or Japanese one counts as two."""
        words = [word.text for fragment in self.fragments for word in fragment.words]
        wide = sum(sum(map(is_unspaced, word)) for word in words if not word.isascii())
        return self.characters + len(words) - 1 + wide

    @cached_property
    def cells(self) -> int:
        """Number of runs of text with wide gaps between them."""
        boxes = [fragment.box for fragment in self.fragments]
        wide = CELL_GAP * self.size
        return 1 + sum(right.left - left.right > wide for left, right in pairwise(boxes))

    @cached_property
    def text(self) -> str:
        return self.line.text

    @cached_property
    def line(self) -> Line:
        words: list[Word] = []
        last: Fragment | None = None
        for fragment in self.fragments:
            if last:
                words[-1] = _spaced(words[-1], last, fragment)
            words.extend(fragment.words)
            last = fragment
        # A leader may be split over several fragments.
        whole = spelled(tuple(words)) if len(self.fragments) > 1 else tuple(words)
        return Line(whole, self.main.direction)


# Rows by the identities of their fragments.
MadeRows = dict[tuple[int, ...], Row]


def rows_of(fragments: Iterable[Fragment], made: MadeRows | None = None) -> list[Row]:
    """Rows from top to bottom. made: takes the rows, and gives those of the same fragments again
    with all that they have computed."""
    made = {} if made is None else made
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=_middle):
        for row in rows[:-4:-1]:
            if _fits(fragment, row):
                row.append(fragment)
                break
        else:
            rows.append([fragment])
    whole = [_row(sorted(row, key=_left), made) for row in rows]
    return _beside_large_text(sorted(whole, key=_top))


def _row(fragments: Sequence[Fragment], made: MadeRows) -> Row:
    key = tuple(map(id, fragments))
    row = made.get(key)
    if row is None:
        row = made[key] = Row(tuple(fragments))
    return row


def _fits(fragment: Fragment, row: list[Fragment]) -> bool:
    """Whether it has enough common height with the nearest fragment and overlaps none sideways.

    Fragments are sorted by their middles, so the last one is nearest.
    """
    box, nearest = fragment.box, row[-1].box
    _, top, _, bottom = box
    _, other_top, _, other_bottom = nearest
    if top >= other_bottom or other_top >= bottom:
        return False
    common = min(bottom, other_bottom) - max(top, other_top)
    lower, higher = sorted((bottom - top, other_bottom - other_top))
    if common < SAME_ROW_OVERLAP * lower or higher > LARGE * lower:
        return False
    return not any(
        each.box.left < box.right
        and box.left < each.box.right
        and _sideways_overlap(box, each.box) >= SIDEWAYS
        for each in row
    )


def _sideways_overlap(one: Bbox, other: Bbox) -> float:
    common = min(one.right, other.right) - max(one.left, other.left)
    return common / max(1, min(one.width, other.width))


def _beside_large_text(rows: list[Row]) -> list[Row]:
    """Joins a large number with the single small line beside it, and a drop cap with the first of
    the lines beside it."""
    result = list(rows)
    lowest = min((row.box.height for row in rows), default=0)
    for large in (row for row in rows if row.box.height > LARGE * lowest):
        if large not in result:  # joined with a still larger one
            continue
        small = [row for row in result if _is_smaller(large, row)]
        is_drop_cap = large.characters == 1 and len(small) > 1
        if len(small) != 1 and not (is_drop_cap and large.text.isalpha()):
            continue
        if any(_sideways_overlap(large.box, row.box) > SIDEWAYS for row in small):
            continue
        result.remove(large)
        at = result.index(small[0])
        parts = sorted(
            (*large.fragments, *small[0].fragments), key=lambda fragment: fragment.box.left
        )
        if is_drop_cap:
            cap = replace(parts[0].words[-1], space_after=False)
            parts[0] = replace(parts[0], words=(*parts[0].words[:-1], cap))
        result[at] = Row(tuple(parts))
    return result


def _is_smaller(large: Row, row: Row) -> bool:
    """Whether it is at the large row's height and much smaller."""
    middle = (row.box.top + row.box.bottom) / 2
    on_height = large.box.top <= middle <= large.box.bottom
    return on_height and large.box.height > LARGE * row.box.height


def _spaced(word: Word, fragment: Fragment, following: Fragment) -> Word:
    """A fragment's last word with a space after it, unless the next fragment is a mark that touches
    it or continues Chinese or Japanese text."""
    gap = following.box.left - fragment.box.right
    if not word.space_after and (gap < MARK_GAP * fragment.size or fragment.characters == 1):
        return word
    mark = _is_raised(following, fragment) and gap < MARK_GAP * fragment.size
    runs_on = gap < fragment.size
    unspaced = runs_on and joins_without_space(word.text, following.words[0].text)
    return replace(word, space_after=not (mark or unspaced))


def _is_raised(mark: Fragment, fragment: Fragment) -> bool:
    """Whether it is a raised or lowered mark: of a footnote, an exponent, an index."""
    small = mark.size < MARK_SIZE * fragment.size and mark.characters <= MARK_LENGTH
    return small and abs(mark.middle - fragment.middle) > MARK_RISE * fragment.size
