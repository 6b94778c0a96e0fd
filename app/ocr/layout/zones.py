"""Columns of a page found by white space (an XY-cut that knows tables from columns).

Slabs are what is left when a region is cut at every horizontal white strip. A zone is the longest
run of slabs that share a vertical gutter with running text on both sides of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from app.ocr.result import Line
from app.ocr.scripts import is_unspaced

Interval = tuple[int, int]
Lines = list[Line]

# A gutter is at least this many line heights wide.
GUTTER_HEIGHTS = 0.4
# Running text: enough lines of so many characters that mostly fill their column.
COLUMN_CHARACTERS = 14
COLUMN_FILL = 0.6
COLUMN_LINES = 3
COLUMN_SHARE = 0.3
# One column may begin this many lines above the next.
LEADING_SLABS = 3


def typical_height(lines: Sequence[Line]) -> float:
    return median(line.bbox.height for line in lines)


def slabs(lines: Lines) -> list[Lines]:
    """Cut at every horizontal white strip, top to bottom."""
    result: list[Lines] = []
    bottom = None
    for line in sorted(lines, key=lambda line: line.bbox.top):
        box = line.bbox
        # Boxes are a little higher than their ink, so neighbours may overlap slightly.
        slack = box.height * 0.25
        if bottom is None or box.top >= bottom - slack:
            result.append([])
            bottom = box.bottom
        result[-1].append(line)
        bottom = max(bottom, box.bottom)
    return result


def gutters(lines: Lines) -> list[Interval]:
    """Vertical white strips between the lines, left to right."""
    least = GUTTER_HEIGHTS * typical_height(lines)
    covered = merged((line.bbox.left, line.bbox.right) for line in lines)
    return [(left, right) for (_, left), (right, _) in pairwise(covered) if right - left >= least]


def merged(intervals: Iterator[Interval]) -> list[Interval]:
    """Union of intervals as disjoint ones, ascending."""
    result: list[Interval] = []
    for left, right in sorted(intervals):
        if result and left <= result[-1][1]:
            result[-1] = result[-1][0], max(result[-1][1], right)
        else:
            result.append((left, right))
    return result


def columns(lines: Lines) -> list[Lines]:
    """The lines split at gutters with running text on both sides; one column if there is none."""
    strips = _strips(lines)
    parts = [strips[0]]
    for before, strip in pairwise(strips):
        if is_running_text(before) and is_running_text(strip):
            parts.append(strip)
        else:
            parts[-1] = parts[-1] + strip
    return parts


def _strips(lines: Lines) -> list[Lines]:
    """The lines between neighbouring gutters, left to right."""
    edges = [right for _, right in gutters(lines)]
    strips: list[Lines] = [[] for _ in range(len(edges) + 1)]
    for line in lines:
        strips[bisect_right(edges, line.bbox.left)].append(line)
    return strips


def is_running_text(lines: Lines) -> bool:
    """Whether these lines look like a column of prose rather than like cells of a table.

    Judged by its full lines: headings, dialogue and ends of paragraphs are short anywhere.
    """
    if len(lines) < COLUMN_LINES:
        return False
    width = max(line.bbox.right for line in lines) - min(line.bbox.left for line in lines)
    full = [
        line
        for line in lines
        if line.bbox.width >= COLUMN_FILL * width and _length(line) >= COLUMN_CHARACTERS
    ]
    return len(full) >= max(COLUMN_LINES, COLUMN_SHARE * len(lines))


def column_zones(lines: Lines) -> list[tuple[Lines, bool]]:
    """The region from top to bottom as (lines, is in columns) pieces; pieces are maximal."""
    pieces = slabs(lines)
    zones: list[tuple[Lines, bool]] = []
    start = 0
    while start < len(pieces):
        end = _zone_end(pieces, start)
        in_columns = end > start
        end = max(end, start + 1)
        zone = [line for slab in pieces[start:end] for line in slab]
        if zones and not in_columns and not zones[-1][1]:
            zones[-1][0].extend(zone)
        else:
            zones.append((zone, in_columns))
        start = end
    return zones


def _zone_end(pieces: list[Lines], start: int) -> int:
    """End of the longest zone of columns that begins at slab start, or start if there is none."""
    zone: Lines = []
    best = start
    for end in range(start, len(pieces)):
        zone = zone + pieces[end]
        if not gutters(zone):
            if end - start >= LEADING_SLABS:
                break
            continue
        if len(columns(zone)) > 1:
            best = end + 1
    return best


def _length(line: Line) -> int:
    """Characters, where a Chinese or Japanese one counts for two."""
    text = line.text
    return len(text) + sum(map(is_unspaced, text))
