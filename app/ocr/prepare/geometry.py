"""Where a prepared pixel was on the upright page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial, reduce

import numpy as np
from numpy.typing import NDArray

from app.ocr.result import Bbox, Block, Cell, Line, Page, Word

Matrix = NDArray[np.float64]


Points = NDArray[np.float64]  # (n, 2)


@dataclass(frozen=True, slots=True)
class Transform:
    """From prepared to upright coordinates: the maps of all steps, the latest step's first."""

    maps: tuple[Callable[[Points], Points], ...] = ()

    def after(self, step: Matrix | Callable[[Points], Points]) -> Transform:
        """step maps new points to those this transform already knows; a matrix is (2, 3) or
        (3, 3)."""
        return Transform((step if callable(step) else partial(_apply, step), *self.maps))

    def __call__(self, points: Points) -> Points:
        return reduce(lambda known, step: step(known), self.maps, points)

    def scaled(self, horizontal: float, vertical: float) -> Transform:
        """The pixels were enlarged by these factors."""
        return self.after(np.diag([1 / horizontal, 1 / vertical, 1.0]))

    def moved(self, left: float, top: float) -> Transform:
        """The prepared origin lies at (left, top) of what was there before."""
        return self.after(np.array([[1.0, 0.0, left], [0.0, 1.0, top]]))

    def map_box(self, box: Bbox, width: int, height: int) -> Bbox:
        """The upright box around a prepared one, kept inside the page."""
        corners = np.array(
            [[x, y] for x in (box.left, box.right) for y in (box.top, box.bottom)], float
        )
        points = self(corners)
        left, top = np.floor(points.min(axis=0) + 1e-6).astype(int)
        right, bottom = np.ceil(points.max(axis=0) - 1e-6).astype(int)
        left, top = min(max(left, 0), width), min(max(top, 0), height)
        return Bbox(
            int(left),
            int(top),
            int(max(left, min(right, width))),
            int(max(top, min(bottom, height))),
        )

    def map_page(self, page: Page, width: int, height: int) -> Page:
        """The page with every word's box in the upright page of that size."""
        if not self.maps:
            return replace(page, width=width, height=height)

        def word(old: Word) -> Word:
            return replace(old, bbox=self.map_box(old.bbox, width, height))

        def lines(old: tuple[Line, ...]) -> tuple[Line, ...]:
            return tuple(Line(tuple(map(word, line.words)), line.direction) for line in old)

        def cell(old: Cell) -> Cell:
            return replace(old, lines=lines(old.lines), bbox=self.map_box(old.bbox, width, height))

        def block(old: Block) -> Block:
            if old.cells:
                return Block.table(map(cell, old.cells), continues=old.continues)
            return replace(old, lines=lines(old.lines))

        blocks = tuple(map(block, page.blocks))
        return replace(page, blocks=blocks, width=width, height=height)


def _apply(matrix: Matrix, points: Points) -> Points:
    return points @ matrix[:2, :2].T + matrix[:2, 2]
