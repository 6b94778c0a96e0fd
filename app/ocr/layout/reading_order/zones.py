"""Zones of a region: the longest runs of slabs that share a gutter between columns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise

from app.ocr.result import Bbox

from .columns import are_short_blocks, columns
from .gutters import (
    GUTTER,
    Interval,
    Items,
    covered_by,
    extent,
    gutters,
    merged,
    slabs,
    text_of,
    typical_size,
)
from .rules import Rules
from .short_blocks import FEWEST, MOST, WIDEST_LEADING

# One column may begin this many lines above the next.
LEADING_SLABS = 3
# The first of two columns takes at most this share of the region's width.
HALF = 0.52
# Other columns may begin after white between slabs of at least this many type sizes.
WIDE_WHITE = 2.0
# Text this many times as large as most is a heading.
LARGER = 1.2


@dataclass(frozen=True, slots=True)
class _Slabs:
    """Slabs of a region. covers: what each covers from left to right; extents: left and right of
    the first slab, the first two, and so on; size: of their type."""

    parts: list[Items]
    covers: list[list[Interval]]
    extents: list[Interval]
    size: float
    rules: Rules

    @classmethod
    def of(cls, parts: list[Items], size: float, rules: Rules) -> _Slabs:
        covers = [covered_by(part) for part in parts]
        sides = [(intervals[0][0], intervals[-1][1]) for intervals in covers]
        extents = accumulate(
            sides, lambda one, other: (min(one[0], other[0]), max(one[1], other[1]))
        )
        return cls(parts, covers, list(extents), size, rules)

    def items(self, start: int, end: int) -> Items:
        return [item for part in self.parts[start:end] for item in part]


def zones(items: Items, rules: Rules) -> list[tuple[Items, bool]]:
    """The region from top to bottom as (items, is in columns); neighbouring zones differ."""
    parts = slabs(items)
    boxes = [extent(part) for part in parts]
    near = [_is_near(*pair, part) for pair, part in zip(pairwise(boxes), parts, strict=False)]
    region = Bbox.around(boxes)
    every = _Slabs.of(parts, typical_size(items), rules)
    result: list[tuple[Items, bool]] = []
    start = 0
    while start < len(parts):
        end = start
        if not (
            _is_centred_above(parts, start, region)
            or _ends_text_above(boxes, near, start, every.size)
        ):
            end = _zone_end(every, start)
            if end == start:
                end = _blocks_end(every, near, start)
        in_columns = end > start
        end = max(end, start + 1)
        zone = every.items(start, end)
        if result and not in_columns and not result[-1][1]:
            result[-1][0].extend(zone)
        else:
            result.append((zone, in_columns))
        start = end
    return result


def _zone_end(slabs: _Slabs, start: int) -> int:
    """End of the longest zone of columns that begins at slab start, or start if there is none.

    It ends earlier, at wide white, if columns that begin below extend further down: authors side by
    side above two columns of text. A heading below all columns belongs to what follows.
    """
    parts, size = slabs.parts, slabs.size
    end = _longest(slabs, start, len(parts))
    if start + 1 < end < len(parts) and _is_heading(parts[end - 1], size):
        end = end - 1
    for cut in range(start + 1, end):
        white = extent(parts[cut]).top - extent(parts[cut - 1]).bottom
        if white < WIDE_WHITE * size:
            continue
        if _longest(slabs, cut, len(parts)) > end and _longest(slabs, start, cut) == cut:
            return cut
    return end


def _is_heading(part: Items, size: float) -> bool:
    """Whether it is text in bold type, or known to be larger than most, which is of this size."""
    texts = text_of(part)
    return len(texts) == len(part) and all(
        text.bold or (text.sized and text.size > LARGER * size) for text in texts
    )


def _longest(slabs: _Slabs, start: int, stop: int) -> int:
    """End of the longest zone with several columns before stop, or start. Gutters only close from
    slab to slab, so it tries the ends before which one closes."""
    for end in reversed(_ends(slabs, start, stop)):
        if len(columns(slabs.items(start, end), slabs.rules)) > 1:
            return end
    return start


def _ends_text_above(boxes: list[Bbox], near: list[bool], start: int, size: float) -> bool:
    """Whether a slab follows the one above as its next line, with wide white below it: the short
    last line of a paragraph above signatures side by side."""
    if not 0 < start < len(near) or not near[start - 1]:
        return False
    return boxes[start + 1].top - boxes[start].bottom >= WIDE_WHITE * size


def _blocks_end(slabs: _Slabs, near: list[bool], start: int) -> int:
    """End of short blocks side by side that begin at slab start, with white below them, or start.

    near: for each slab, whether the next one follows without more white than between lines.
    """
    end = start + 1
    while end < len(slabs.parts) and near[end - 1]:
        end += 1
        if end - start > MOST:
            return start
    if end - start < FEWEST or not are_short_blocks(slabs.items(start, end), slabs.rules):
        return start
    return end


def _is_near(upper: Bbox, lower: Bbox, part: Items) -> bool:
    return lower.top - upper.bottom <= WIDEST_LEADING * typical_size(part)


def _ends(slabs: _Slabs, start: int, stop: int) -> list[int]:
    """Ends after which the number of gutters falls, ascending."""
    least = GUTTER * slabs.size
    covered: list[Interval] = []
    ends: list[int] = []
    before = 0
    for end in range(start, stop):
        covered = merged([*covered, *slabs.covers[end]])
        count = len(gutters(covered, least))
        if before and count < before:
            ends.append(end)
        leads = end - start >= LEADING_SLABS and not _is_first_column(
            covered, slabs.extents[stop - 1]
        )
        if not count and leads:
            return ends
        before = count
    return [*ends, stop] if before else ends


def _is_first_column(covered: list[Interval], region: Interval) -> bool:
    """Whether text stays in the left half, beside a figure above the text of the next column."""
    left, right = region
    return covered[-1][1] - left < HALF * (right - left)


def _is_centred_above(parts: list[Items], start: int, region: Bbox) -> bool:
    """Whether it is a single line in the middle of the region where no column begins, such as an
    author's name."""
    if len(parts[start]) != 1 or start + 1 >= len(parts):
        return False
    line = parts[start][0].box
    near = typical_size(parts[start] + parts[start + 1])
    if abs((line.left + line.right) - (region.left + region.right)) > 2 * near:
        return False
    below = parts[start + 1 : start + 1 + LEADING_SLABS]
    aligned = sum(
        any(abs(item.box.left - line.left) <= near / 2 for item in part) for part in below
    )
    return 2 * aligned < len(below)
