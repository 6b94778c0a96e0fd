"""Advances of glyphs as their fonts say, where the letters on the page lie accordingly.

PDFium looks a width up by the Unicode of a character. That is another glyph's in fonts whose
codes are not what their map says, and in ligatures, whose letters have one glyph together.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .bidi import runs_leftwards
from .glyphs import Glyph

# Of the font's size: kerning and letterspacing move letters by less.
KERNING = 0.08
# Of the pairs of letters in a font, where its widths are right.
LEAST_AGREEMENT = 0.9


def with_sure_advances(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The others have advance 0. glyphs: in their order, so that neighbours follow each other."""
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
    """Of each letter that another follows: its font, and whether that begins where this ends."""
    for one, other in pairwise(glyphs):
        if other.spaced or other.apart or one.font != other.font:
            continue
        (x, y), (next_x, next_y) = one.origin, other.origin
        step = math.hypot(next_x - x, next_y - y)
        if 0 < step < 2 * one.size:
            yield one.font, abs(step - one.advance) < KERNING * one.size
