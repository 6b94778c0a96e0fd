"""Tesseract on detected lines, for pages whose layout it cannot make out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np

from app.engines.base import Engine
from app.engines.lines.crops import Crop, cut_line
from app.engines.runtime.onnx import Floats
from app.engines.tesseract.request import SINGLE_LINE
from app.ocr.layout import unordered_blocks
from app.ocr.options import Options
from app.ocr.prepare.light import even_light, to_gray
from app.ocr.result import Bbox, Line, Page, Word
from app.ocr.source.base import Pixels

# Height to which a line is scaled, and the white around it.
LINE_HEIGHT = 48
MARGIN = 12
MIN_CONFIDENCE = 0.3


def read_line_by_line(
    engine: Engine, pixels: Pixels, boxes: list[Floats], options: Options
) -> Page:
    """boxes: corners of text lines on the pixels, in any order."""
    height, width = pixels.shape[:2]
    single = replace(options, psm=SINGLE_LINE)
    crops = (cut_line(pixels, corners) for corners in boxes)
    lines = [line for crop in crops for line in _read_crop(engine, crop, single)]
    blocks = unordered_blocks(lines)
    return Page(1, width, height, blocks, engine=engine.name, languages=options.languages)


def corners_of(box: Bbox) -> Floats:
    """(4, 2), clockwise from the top left."""
    return np.array(
        [
            [box.left, box.top],
            [box.right, box.top],
            [box.right, box.bottom],
            [box.left, box.bottom],
        ],
        np.float32,
    )


def _read_crop(engine: Engine, crop: Crop, options: Options) -> Iterator[Line]:
    gray = even_light(to_gray(crop.pixels))
    height, width = gray.shape
    size = max(1, round(width * LINE_HEIGHT / height)), LINE_HEIGHT
    resized = cv2.resize(gray, size, interpolation=cv2.INTER_CUBIC)
    sheet = cv2.copyMakeBorder(
        resized, *(MARGIN,) * 4, borderType=cv2.BORDER_CONSTANT, value=(245,)
    )
    page = engine.recognize(np.asarray(sheet, np.uint8), options)
    for line in page.lines:
        if line.confidence >= MIN_CONFIDENCE:
            words = tuple(_on_page(word, crop, size) for word in line.words)
            yield Line(words, line.direction)


def _on_page(word: Word, crop: Crop, size: tuple[int, int]) -> Word:
    left, right = ((side - MARGIN) / size[0] for side in (word.bbox.left, word.bbox.right))
    top, bottom = ((side - MARGIN) / size[1] for side in (word.bbox.top, word.bbox.bottom))
    return replace(word, bbox=crop.bbox_of(left, top, right, bottom))
