"""Detection of text on a page of any size: as a whole, and in tiles where its letters are small.

Time grows only with the area that shows small letters.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from app.engines.runtime.onnx import Floats
from app.ocr.source.base import Pixels

from .detection import Detector, TextBox
from .joined_boxes import joined, with_whole
from .small_letters import HARDLY_REDUCED, find_letters

# In pixels of the network's input: a tile's overlap with the next one, enough for a whole line; the
# distance from a tile's inner edge within which a line counts as cut.
OVERLAP = 128
CUT = 3
# Least height of a line of large letters, in pixels of the copy of the whole page.
LARGE = 24
# Tiles are avoided if that saves half of their pixels: least ratio of the sides.
WORTHWHILE = 1.4
# Pixels of a picture that is searched faster than its letters are measured.
SMALL = 512 * 512


class Tile(NamedTuple):
    """In pixels of the page; right and bottom are just outside."""

    left: int
    top: int
    right: int
    bottom: int

    def has(self, point: Floats) -> bool:
        x, y = map(float, point)
        return self.left <= x < self.right and self.top <= y < self.bottom

    def cut(self, pixels: Pixels) -> Pixels:
        return pixels[self.top : self.bottom, self.left : self.right]


class TiledDetector:
    """Detector that also finds small letters, which a reduced copy of the page would lose."""

    def __init__(self, detector: Detector) -> None:
        self.detector = detector

    def __call__(self, pixels: Pixels) -> list[TextBox]:
        height, width = pixels.shape[:2]
        max_side = self.detector.max_side
        if height * width <= SMALL:
            return self.detector(pixels)
        ratio = min(1.0, max_side / max(height, width))
        letters, enough = find_letters(pixels, ratio)
        # Of a copy of the whole page that has as many pixels as one tile.
        square = max_side / math.sqrt(height * width)
        if letters and letters.least_ratio <= square <= letters.ratio / WORTHWHILE:
            return self.detector(pixels, round(square * max(height, width)))
        whole = self.detector(pixels, round(enough * max(height, width)))
        if letters is None or ratio >= HARDLY_REDUCED:
            return whole
        side, overlap = int(max_side / letters.ratio), round(OVERLAP / letters.ratio)
        tiles = tiles_of(width, height, side, overlap)
        wanted = [tile for tile in tiles if letters.are_in(*tile)]
        found = self._boxes_of(pixels, tiles, wanted, overlap)
        return with_whole(joined(found), whole, (height, width), LARGE / ratio)

    def _boxes_of(
        self, pixels: Pixels, tiles: list[Tile], wanted: list[Tile], overlap: int
    ) -> list[list[TextBox]]:
        """Boxes of the wanted tiles, and of the tiles in which their lines continue."""
        found: dict[Tile, list[TextBox]] = {}
        while wanted:
            tile = wanted.pop()
            found[tile] = list(self._uncut_boxes(pixels, tile, overlap))
            ends = list(_cut_ends(found[tile], tile, CUT * overlap / OVERLAP))
            waiting = (each for each in tiles if each not in found and each not in wanted)
            wanted += [each for each in waiting if any(map(each.has, ends))]
        return list(found.values())

    def _uncut_boxes(self, pixels: Pixels, tile: Tile, overlap: int) -> Iterator[TextBox]:
        """Boxes in the page's pixels, without lines cut lengthwise: the next tile has those."""
        height, width = pixels.shape[:2]
        margin = CUT * overlap / OVERLAP
        origin = np.array([tile.left, tile.top], np.float32)
        # Where the tile ends inside the page.
        low = np.where(origin > 0, origin + margin, -np.inf)
        end = np.array([tile.right, tile.bottom], np.float32)
        high = np.where(end < [width, height], end - margin, np.inf)
        for box in self.detector(tile.cut(pixels)):
            corners = np.asarray(box.corners + origin, np.float32)
            sides = np.ptp(corners, axis=0)
            across = int(sides[0] >= sides[1])
            cut = corners[:, across].min() < low[across] or corners[:, across].max() > high[across]
            if not cut or sides[across] > overlap:
                yield TextBox(corners, box.score)


def _cut_ends(boxes: list[TextBox], tile: Tile, margin: float) -> Iterator[Floats]:
    """Points (x, y) just outside the tile where lines that end at its edge continue."""
    for box in boxes:
        low, high = box.corners.min(axis=0), box.corners.max(axis=0)
        along = int(high[1] - low[1] > high[0] - low[0])
        for cut, beyond in (
            (low[along] < tile[along] + margin, tile[along] - 1),
            (high[along] > tile[along + 2] - margin, tile[along + 2]),
        ):
            if cut:
                point = (low + high) / 2
                point[along] = beyond
                yield point


def tiles_of(width: int, height: int, side: int, overlap: int) -> list[Tile]:
    """Tiles of at most that side which cover the page, neighbours sharing at least overlap."""
    return [
        Tile(left, top, min(left + side, width), min(top + side, height))
        for top in _starts(height, side, overlap)
        for left in _starts(width, side, overlap)
    ]


def _starts(length: int, side: int, overlap: int) -> list[int]:
    if length <= side:
        return [0]
    count = -(-(length - overlap) // (side - overlap))
    return [round(at * (length - side) / (count - 1)) for at in range(count)]
