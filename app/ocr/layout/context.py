"""Measures of a whole page, against which its parts are judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from app.ocr.result import Bbox

from .reading_order.fragments import Fragment

# Measured on ink, sizes of one type differ by less than this share.
SAME_SIZE = 0.08
# From the top of ascenders to the bottom of descenders, in type sizes.
LINE = 0.95
# The leading, in type sizes, of pages with fewer gaps between lines.
FEW_GAPS, USUAL_LEADING = 4, 0.3


@dataclass(frozen=True, slots=True)
class Context:
    """width, height: of the page in the frame. body: type size of most characters.

    bold_body, mono_body: most of the text is known to be bold, monospaced. leading: white space
    between lines, in type sizes. sized: sizes come from the source, not from measuring ink.
    parting: vertical drawn lines; lines: horizontal ones.
    """

    width: int
    height: int
    body: float
    bold_body: bool
    leading: float
    sized: bool
    mono_body: bool
    parting: Sequence[Bbox] = ()
    lines: Sequence[Bbox] = ()
    pictures: Sequence[Bbox] = ()


def body_size(fragments: Iterable[Fragment]) -> float:
    """The size of most characters, where similar sizes count together."""
    characters: defaultdict[float, int] = defaultdict(int)
    for fragment in fragments:
        characters[fragment.size] += fragment.characters
    if not characters:
        return 1.0
    best = max(
        characters,
        key=lambda size: sum(
            count for other, count in characters.items() if abs(other - size) <= SAME_SIZE * size
        ),
    )
    near = [
        (size, count) for size, count in characters.items() if abs(size - best) <= SAME_SIZE * best
    ]
    return sum(size * count for size, count in near) / sum(count for _, count in near)


def usual_leading(fragments: Iterable[Fragment]) -> float:
    """White space between neighbouring lines that begin at one edge, in type sizes: the lower
    quartile, because gaps between paragraphs are larger."""
    edges: defaultdict[tuple[int, int], list[Fragment]] = defaultdict(list)
    for fragment in fragments:
        place = round(fragment.box.left / (2 * fragment.size)), round(2 * log(fragment.size))
        edges[place].append(fragment)
    gaps = sorted(
        (lower.box.top - upper.box.top) / upper.size - LINE
        for lines in edges.values()
        for upper, lower in pairwise(sorted(lines, key=lambda each: each.box.top))
    )
    return max(0.0, gaps[len(gaps) // 4]) if len(gaps) >= FEW_GAPS else USUAL_LEADING


def share(fragments: Sequence[Fragment], chosen: Iterable[Fragment]) -> float:
    """Share of the characters that are in the chosen fragments."""
    total = sum(fragment.characters for fragment in fragments)
    return sum(fragment.characters for fragment in chosen) / total if total else 0.0
