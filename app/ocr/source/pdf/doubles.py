"""Letters drawn twice, as writers do for bold type and shadows, counted once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox

from .glyphs import Glyph

# Of the font's size: the letters of "ll" are further apart, those of fake bold type nearer.
GLYPH_SHIFT = 0.13
# Of the font's size: the furthest that a shadow lies from its text.
PIECE_SHIFT = 0.35
LEAST_SHADOW = 3

PieceFonts = tuple[Piece, frozenset[int]]
# Text, and column and row of its cell of the grid.
Place = tuple[str, int, int]


def without_doubled_glyphs(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs, each once. Only different text objects draw doubles: a single one draws a
    ligature's letters at one place."""
    cell = _cell(glyphs)
    seen: dict[Place, list[Glyph]] = {}
    single = []
    for glyph, has_company in zip(glyphs, _crowded(glyphs, cell), strict=True):
        if has_company:
            if any(_is_double(glyph, other) for other in _near(glyph, seen, cell)):
                continue
            seen.setdefault(_place(glyph, cell), []).append(glyph)
        single.append(glyph)
    return single


def _cell(glyphs: Sequence[Glyph]) -> float:
    """Side of the cells of a grid: doubles are less than half of it apart."""
    return 2 * max(1.0, GLYPH_SHIFT * max((glyph.size for glyph in glyphs), default=0.0))


def _place(glyph: Glyph, cell: float) -> Place:
    return glyph.text, math.floor(glyph.box[0] / cell), math.floor(glyph.box[3] / cell)


def _near(glyph: Glyph, seen: dict[Place, list[Glyph]], cell: float) -> Iterator[Glyph]:
    text, column, row = _place(glyph, cell)
    for across, down in product((-1, 0, 1), repeat=2):
        yield from seen.get((text, column + across, row + down), ())


def _crowded(glyphs: Sequence[Glyph], cell: float) -> list[bool]:
    """Whether another glyph of the same text may be near: a fast test that spares comparisons."""
    if not glyphs:
        return []
    rows = ((ord(glyph.text[0]), glyph.box[0], glyph.box[3]) for glyph in glyphs)
    code, left, bottom = np.array(list(rows)).T
    # Two places closer than half a cell share a cell of at least one of four shifted grids.
    found = np.zeros(len(glyphs), bool)
    for across, down in product((0.0, 0.5), repeat=2):
        column, row = np.floor(left / cell + across), np.floor(bottom / cell + down)
        key = (code * 0x10000 + column) * 0x10000 + row
        _, places, counts = np.unique(key, return_inverse=True, return_counts=True)
        found |= counts[places] > 1
    crowded: list[bool] = found.tolist()
    return crowded


def _is_double(one: Glyph, other: Glyph) -> bool:
    shift = GLYPH_SHIFT * one.size
    return (
        one.owner is not other.owner
        and abs(one.box[0] - other.box[0]) < shift
        and abs(one.box[3] - other.box[3]) < shift
        and abs(one.size - other.size) < shift
    )


def without_shadows(pieces: Sequence[PieceFonts]) -> list[PieceFonts]:
    """The pieces without shadows, which repeat a whole piece. pieces: in the content's order."""
    seen: dict[str, list[Bbox]] = {}
    single = []
    for piece, fonts in pieces:
        text, box = " ".join(word.text for word in piece.words), piece.bbox
        if len(text) >= LEAST_SHADOW:
            shift = PIECE_SHIFT * (piece.font_size or box.height)
            if any(_is_shadow(box, other, shift) for other in seen.get(text, ())):
                continue
            seen.setdefault(text, []).append(box)
        single.append((piece, fonts))
    return single


def _is_shadow(one: Bbox, other: Bbox, shift: float) -> bool:
    return abs(one.left - other.left) < shift and abs(one.top - other.top) < shift
