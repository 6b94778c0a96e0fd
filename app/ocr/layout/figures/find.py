"""Areas of photos, drawings and charts among what a page shows besides its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from app.ocr.layout.elements import PageElements
from app.ocr.layout.reading_order.areas import is_background, outermost
from app.ocr.layout.tables.ruled.drawings import clusters
from app.ocr.result import Bbox, Block, Line

from .charts import bar_charts
from .labels import with_labels

# Lines in the height of a page of small print, and of one of large print.
LINES, FEW_LINES = 70, 45
# Strips of one picture are this near, in line heights.
STRIPS = 0.15
# Least short side in line heights, least share of the page, and most times as long as wide.
SHORT_SIDE, PAGE_SHARE, LENGTH = 2.2, 0.0025, 12.0
# Of a figure's area: more in a table, or under text, and it is their ground.
IN_TABLE, UNDER_TEXT = 0.5, 0.3
# The same where it holds most of the page's text.
UNDER_MOST_TEXT = 0.12
MOST_FIGURES = 200


def find_figures(elements: PageElements, blocks: Sequence[Block]) -> tuple[Bbox, ...]:
    """From the top, none inside another. blocks: the layout of the same elements.

    Grounds of pages, tables and text, and small signs such as bullets and logos of one line are
    no figures.
    """
    text = _Text.of(elements, blocks)
    seeds = [box for box in elements.pictures if not is_background(box, text.page)]
    seeds += bar_charts(elements.fills, text.lines, text.tables, text.unit)
    if not seeds:
        return ()
    joined = [Bbox.around(group) for group in clusters(seeds, STRIPS * text.unit)]
    whole = (with_labels(area, elements.rules, blocks, text.unit) for area in joined)
    found = outermost([_inside(area, text.page) for area in whole if _is_figure(area, text)])
    return tuple(sorted(found[:MOST_FIGURES], key=lambda box: (box.top, box.left)))


@dataclass(frozen=True, slots=True)
class _Text:
    """What figures are told apart from. unit: height of a usual line; lines: outside tables."""

    page: Bbox
    unit: float
    lines: Sequence[Bbox]
    tables: Sequence[Bbox]

    @classmethod
    def of(cls, elements: PageElements, blocks: Sequence[Block]) -> _Text:
        """On a PDF's page, words that were read in its pictures cover nothing."""
        lines = [line for block in blocks for line in block.lines if line.words]
        heights = [min(line.bbox.width, line.bbox.height) for line in lines]
        return cls(
            Bbox(0, 0, elements.width, elements.height),
            max(
                1.0, min(median(heights or [elements.height / LINES]), elements.height / FEW_LINES)
            ),
            [line.bbox for line in _free_lines(blocks) if line.words[0].source != "image"],
            [block.bbox for block in blocks if block.cells],
        )


def _free_lines(blocks: Sequence[Block]) -> Iterator[Line]:
    for block in blocks:
        if not block.cells:
            yield from (line for line in block.lines if line.words)


def _is_figure(area: Bbox, text: _Text) -> bool:
    short, long = sorted((area.width, area.height))
    if short < SHORT_SIDE * text.unit or long > LENGTH * short or is_background(area, text.page):
        return False
    size = area.width * area.height
    if size < PAGE_SHARE * text.page.width * text.page.height:
        return False
    if any(_common(area, table) > IN_TABLE * size for table in text.tables):
        return False
    covered = [share for line in text.lines if (share := _common(area, line))]
    most = UNDER_MOST_TEXT if 2 * len(covered) > len(text.lines) > 2 else UNDER_TEXT
    return sum(covered) <= most * size


def _common(one: Bbox, other: Bbox) -> int:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0, across) * max(0, down)


def _inside(area: Bbox, page: Bbox) -> Bbox:
    left, top = max(area.left, 0), max(area.top, 0)
    return Bbox(left, top, min(area.right, page.right), min(area.bottom, page.bottom))
