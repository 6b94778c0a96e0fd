"""Tesseract's reading of the lines that our own recognizers are unsure of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.engines.base import Engine
from app.ocr.layout import unordered_blocks
from app.ocr.options import Options
from app.ocr.result import Line, Page
from app.ocr.source.base import Pixels

from .line_by_line import corners_of, read_line_by_line

# Nearly every line that a head reads more surely than UNSURE is right. Of the others Tesseract is
# right as often or more often where it is this SURE, or surer than the head by LEAD.
UNSURE = 0.97
SURE = 0.9
LEAD = 0.05
# A page with more unsure lines is a picture, a map or handwriting.
MOST_LINES = 40


def with_second_opinion(page: Page, pixels: Pixels, tesseract: Engine, options: Options) -> Page:
    """The page with Tesseract's reading of unsure lines where it is surer.

    page: as an engine read it from the pixels, before layout.
    """
    unsure = [line for line in page.lines if line.confidence < UNSURE and line.direction != "ttb"]
    if not unsure or len(unsure) > MOST_LINES:
        return page
    better = {
        id(line): other for line in unsure for other in _again(line, pixels, tesseract, options)
    }
    lines = (better.get(id(line), line) for line in page.lines)
    return replace(page, blocks=unordered_blocks(lines))


def _again(line: Line, pixels: Pixels, tesseract: Engine, options: Options) -> Iterator[Line]:
    """Tesseract's reading of the line, if it is better."""
    read = read_line_by_line(tesseract, pixels, [corners_of(line.bbox)], options)
    found = list(read.lines)
    if len(found) == 1 and found[0].confidence >= min(SURE, line.confidence + LEAD):
        yield found[0]
