"""Text and tables of a page, from which its figures are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from app.ocr.layout.elements import PageElements
from app.ocr.result import Bbox, Block

# Lines in the height of a page of small print, and of one of large print.
LINES, FEW_LINES = 70, 45
# Labels of a chart are no longer than this, in line heights, and no blocks of these kinds.
LABEL_WIDTH = 9.0
TEXT_KINDS = frozenset({"heading", "caption", "header", "footer", "page_number", "footnote"})


@dataclass(frozen=True, slots=True)
class PageText:
    """unit: height of a usual line. lines: outside of tables; labels: those of blocks with short
    ones only."""

    page: Bbox
    unit: float
    lines: Sequence[Bbox]
    labels: Sequence[Bbox]
    tables: Sequence[Bbox]

    @classmethod
    def of(cls, elements: PageElements, blocks: Sequence[Block]) -> PageText:
        """On a PDF's page, words that were read in its pictures cover nothing."""
        lines = [line.bbox for block in blocks for line in block.lines if line.words]
        heights = [min(box.width, box.height) for box in lines]
        usual = median(heights) if heights else elements.height / LINES
        unit = max(1.0, min(usual, elements.height / FEW_LINES))
        texts = [block for block in blocks if not block.cells]
        return cls(
            Bbox(0, 0, elements.width, elements.height),
            unit,
            [
                line.bbox
                for block in texts
                for line in block.lines
                if line.words and line.words[0].source != "image"
            ],
            [box for block in texts for box in _labels(block, LABEL_WIDTH * unit)],
            [block.bbox for block in blocks if block.cells],
        )


def _labels(block: Block, most: float) -> list[Bbox]:
    boxes = [line.bbox for line in block.lines]
    is_short = all(max(box.width, box.height) <= most for box in boxes)
    return boxes if is_short and block.kind not in TEXT_KINDS else []


def common_area(one: Bbox, other: Bbox) -> int:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0, across) * max(0, down)
