"""Quarter turns of a page, and the way back from prepared pixels to the upright page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial, reduce

import numpy as np
from numpy.typing import NDArray

from app.ocr.result import Bbox, Block, Line, Page
from app.ocr.source.base import Pixels

Matrix = NDArray[np.float64]
Points = NDArray[np.float64]  # (n, 2)


def turned(pixels: Pixels, rotation: int) -> Pixels:
    """Turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, -rotation // 90)) if rotation else pixels


@dataclass(frozen=True, slots=True)
class Transform:
    """Map from prepared to upright coordinates: the maps of all steps, the latest step first."""

    maps: tuple[Callable[[Points], Points], ...] = ()

    def after(self, step: Matrix | Callable[[Points], Points]) -> Transform:
        """This transform after a new step, which maps its points to those before it; a matrix is
        (2, 3) or (3, 3)."""
        return Transform((step if callable(step) else partial(_apply, step), *self.maps))

    def __call__(self, points: Points) -> Points:
        return reduce(lambda known, step: step(known), self.maps, points)

    def scaled(self, horizontal: float, vertical: float) -> Transform:
        """This transform after the pixels were enlarged by these factors."""
        return self.after(np.diag([1 / horizontal, 1 / vertical, 1.0]))

    def moved(self, left: float, top: float) -> Transform:
        """This transform after the origin was moved to (left, top)."""
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
        """The page with all boxes (words, cells, figures) mapped to the upright page of this
        size."""
        if not self.maps:
            return replace(page, width=width, height=height)

        def box(old: Bbox) -> Bbox:
            return self.map_box(old, width, height)

        blocks = tuple(_mapped(block, box) for block in page.blocks)
        figures = tuple(map(box, page.figures))
        return replace(page, blocks=blocks, figures=figures, width=width, height=height)


def _mapped(block: Block, box: Callable[[Bbox], Bbox]) -> Block:
    """The block with box() applied to all its boxes."""

    def lines(old: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(
            Line(tuple(replace(word, bbox=box(word.bbox)) for word in line.words), line.direction)
            for line in old
        )

    if block.cells:
        cells = (
            replace(cell, lines=lines(cell.lines), bbox=box(cell.bbox)) for cell in block.cells
        )
        return Block.table(cells, continues=block.continues)
    return replace(block, lines=lines(block.lines))


def _apply(matrix: Matrix, points: Points) -> Points:
    return points @ matrix[:2, :2].T + matrix[:2, 2]
