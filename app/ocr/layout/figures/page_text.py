"""Text and tables of a page, to distinguish its figures from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from app.ocr.layout.elements import PageElements
from app.ocr.result import Bbox, Block, Line

# Lines per page height in small print, and in large print.
LINES, FEW_LINES = 70, 45
# Labels of a chart are at most this long or their words at least this far apart, in line heights.
LABEL_WIDTH, LABEL_GAP = 9.0, 0.8
TEXT_KINDS = frozenset({"heading", "caption", "header", "footer", "page_number", "footnote"})


@dataclass(frozen=True, slots=True)
class PageText:
    """unit: height of a usual line. lines: outside of tables; labels: those that
    may belong to a chart."""

    page: Bbox
    unit: float
    lines: Sequence[Bbox]
    labels: Sequence[Bbox]
    tables: Sequence[Bbox]

    @classmethod
    def of(cls, elements: PageElements, blocks: Sequence[Block]) -> PageText:
        """On a PDF's page, words recognized in its pictures do not count as covering them."""
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
            [box for block in texts for box in _labels(block, unit)],
            [block.bbox for block in blocks if block.cells],
        )


def _labels(block: Block, unit: float) -> list[Bbox]:
    if block.kind in TEXT_KINDS or not all(_is_label(line, unit) for line in block.lines):
        return []
    return [line.bbox for line in block.lines]


def _is_label(line: Line, unit: float) -> bool:
    """Whether it is short, or a row of words further apart than those of a sentence."""
    words = [word.bbox for word in line.words]
    gaps = [after.left - before.right for before, after in pairwise(words)]
    wide = bool(gaps) and min(gaps) >= LABEL_GAP * unit
    return wide or max(line.bbox.width, line.bbox.height) <= LABEL_WIDTH * unit
