"""The part of a page that is to be recognized: a region, without the ignored boxes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.ocr.prepare.geometry import Transform
from app.ocr.result import Page
from app.ocr.source.base import Pixels


@dataclass(frozen=True, slots=True)
class Selection:
    """pixels: the region cut out; left, top: where it lies on the page of width x height."""

    pixels: Pixels
    left: int
    top: int
    width: int
    height: int

    @classmethod
    def of(cls, page: Pixels, options: Options) -> Selection:
        """Raises OcrError(bad_option) for a region outside the page."""
        height, width = page.shape[:2]
        left, top, right, bottom = _window(options.region, width, height)
        pixels = page
        if options.ignore:
            pixels = page.copy()
            for x, y, ignored_width, ignored_height in options.ignore:
                _paint_over(pixels[max(0, y) : y + ignored_height, max(0, x) : x + ignored_width])
        return cls(pixels[top:bottom, left:right], left, top, width, height)

    def on_page(self, page: Page) -> Page:
        """The region's page in the coordinates of the whole page."""
        if (self.left, self.top, page.width, page.height) == (0, 0, self.width, self.height):
            return page
        shift = Transform().after(np.array([[1.0, 0, self.left], [0, 1.0, self.top]]))
        return shift.map_page(page, self.width, self.height)


def scaled_boxes(options: Options, factor: float) -> Options:
    """The options for a page enlarged by the factor."""

    def box(x: int, y: int, width: int, height: int) -> tuple[int, int, int, int]:
        return round(x * factor), round(y * factor), round(width * factor), round(height * factor)

    region = box(*options.region) if options.region else None
    return replace(options, region=region, ignore=tuple(box(*each) for each in options.ignore))


def _window(
    region: tuple[int, int, int, int] | None, width: int, height: int
) -> tuple[int, int, int, int]:
    if region is None:
        return 0, 0, width, height
    x, y, region_width, region_height = region
    left, top = max(0, x), max(0, y)
    right, bottom = min(width, x + region_width), min(height, y + region_height)
    if right <= left or bottom <= top:
        message = f"The region lies outside the page of {width} × {height} pixels."
        raise OcrError("bad_option", message)
    return left, top, right, bottom


def _paint_over(box: Pixels) -> None:
    """Fill with the median colour of the box's top and bottom edges: no edge remains to be read."""
    if box.size:
        box[...] = np.median(np.concatenate([box[0], box[-1]]), axis=0).astype(np.uint8)
