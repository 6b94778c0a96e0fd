"""Detection of photos, drawings and charts on a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.ocr.layout.elements import PageElements
from app.ocr.layout.reading_order.areas import is_background, outermost
from app.ocr.layout.tables.ruled.drawings import clusters
from app.ocr.result import Bbox, Block
from app.ocr.source.base import Pixels

from .charts import bar_charts
from .ink import ink_areas
from .labels import with_labels
from .page_text import PageText


class Bounds(NamedTuple):
    """Limits of a figure. side: least shorter side in line heights. share: least share of the page.
    under_text: largest share covered by text if most of the page's text is on the figure."""

    side: float
    share: float
    under_text: float


DRAWN = Bounds(2.2, 0.0025, 0.25)
# In a picture, where smaller areas are holes, stains and initials, and large letters are drawings.
SEEN = Bounds(3.0, 0.01, 0.12)
# A figure is at most this many times as long as wide.
LENGTH = 12.0
# Strips of one picture are at most this far apart, in line heights.
STRIPS = 0.15
# A figure with a larger share of its area in a table, or under text, is their background.
IN_TABLE, UNDER_TEXT = 0.5, 0.3
MOST_FIGURES = 200


def find_figures(elements: PageElements, blocks: Sequence[Block]) -> tuple[Bbox, ...]:
    """Boxes of figures from the top, none inside another. blocks: the layout of these elements.

    Backgrounds of pages, tables and text are no figures, nor are bullets, icons and logos of one
    line.
    """
    return _figures(elements.pictures, elements, PageText.of(elements, blocks), DRAWN)


def figures_in_picture(
    pixels: Pixels, elements: PageElements, blocks: Sequence[Block]
) -> tuple[Bbox, ...]:
    """The same for a recognized page; pixels and elements have the same size."""
    text = PageText.of(elements, blocks)
    areas = ink_areas(pixels, elements, blocks, text.unit)
    return _figures(areas, elements, text, SEEN)


def _figures(
    pictures: Sequence[Bbox], elements: PageElements, text: PageText, least: Bounds
) -> tuple[Bbox, ...]:
    seeds = [box for box in pictures if not is_background(box, text.page)]
    seeds += bar_charts(elements.fills, text)
    joined = [Bbox.around(group) for group in clusters(seeds, STRIPS * text.unit)]
    whole = (with_labels(area, elements.rules, text) for area in joined)
    found = outermost([area for area in whole if _is_figure(area, text, least)])
    return tuple(sorted(found[:MOST_FIGURES], key=lambda box: (box.top, box.left)))


def _is_figure(area: Bbox, text: PageText, least: Bounds) -> bool:
    size = area.width * area.height
    short, long = sorted((area.width, area.height))
    if short < least.side * text.unit or long > LENGTH * short:
        return False
    if size < least.share * text.page.width * text.page.height or is_background(area, text.page):
        return False
    if any(area.common_area(table) > IN_TABLE * size for table in text.tables):
        return False
    covered = [share for line in text.lines if (share := area.common_area(line))]
    most = least.under_text if 2 * len(covered) > len(text.lines) > 2 else UNDER_TEXT
    return sum(covered) <= most * size
