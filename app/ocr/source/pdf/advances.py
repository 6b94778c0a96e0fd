"""Advances of glyphs according to their fonts, where the letters on the page confirm them.

PDFium looks a width up by the Unicode of a character. That is another glyph's width in fonts with
a wrong character map, and in ligatures, whose letters share one glyph.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .bidi import runs_leftwards
from .glyphs import Glyph

# Of the font's size: an advance is right within this; kerning and letterspacing move letters less.
KERNING = 0.08
# Least share of a font's pairs of letters that agree with its widths, if these are right.
LEAST_AGREEMENT = 0.9


def with_sure_advances(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs with advances that are not confirmed set to 0. glyphs: in reading order."""
    agreeing: Counter[int] = Counter()
    pairs: Counter[int] = Counter()
    for font, agrees in _steps(glyphs):
        pairs[font] += 1
        agreeing[font] += agrees
    sure = {font for font, count in pairs.items() if agreeing[font] >= LEAST_AGREEMENT * count}
    joined = [one.origin == other.origin for one, other in pairwise(glyphs)]
    return [
        glyph._replace(advance=0.0)
        if before or after or glyph.font not in sure or runs_leftwards(glyph.text)
        else glyph
        for glyph, before, after in zip(glyphs, [False, *joined], [*joined, False], strict=False)
    ]


def _steps(glyphs: Sequence[Glyph]) -> Iterator[tuple[int, bool]]:
    """For each letter followed by another: its font, and whether the other begins where it ends."""
    for one, other in pairwise(glyphs):
        if other.spaced or other.apart or one.font != other.font:
            continue
        (x, y), (next_x, next_y) = one.origin, other.origin
        step = math.hypot(next_x - x, next_y - y)
        if 0 < step < 2 * one.size:
            yield one.font, abs(step - one.advance) < KERNING * one.size
