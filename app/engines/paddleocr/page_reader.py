"""Detection, line recognition and reading order, put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain

import cv2
import numpy as np

from app.engines.crops import cut_line
from app.engines.onnx import Floats, Runtime
from app.ocr.languages import AUTO
from app.ocr.layout import blocks_in_reading_order
from app.ocr.options import Options
from app.ocr.result import Block, Line
from app.ocr.scripts import is_unspaced
from app.ocr.source.base import Pixels

from .alphabet import excluded_classes
from .detection import Detector
from .models import ModelFiles
from .recognition import Character, LineReader, Mask
from .words import stacked_pieces, words_of

ReadLine = Callable[[Pixels], list[Character]]
# What PaddleOCR itself drops as noise.
MIN_CONFIDENCE = 0.5


class PageReader:
    """detection_side: longer side in pixels to which pages are reduced to find their lines."""

    def __init__(self, models: ModelFiles, runtime: Runtime, detection_side: int) -> None:
        self.detector = Detector(models.detector, runtime, detection_side)
        self.reader = LineReader(models, runtime)
        self.alphabets: dict[tuple[str, tuple[str, ...]], Mask | None] = {}

    def text_boxes(self, pixels: Pixels) -> list[Floats]:
        return [box.corners for box in self.detector(_rgb(pixels))]

    def __call__(self, pixels: Pixels, options: Options) -> tuple[Block, ...]:
        rgb = _rgb(pixels)
        read = partial(
            self.reader,
            excluded=self._excluded(options),
            unless_asian=AUTO in options.languages and not options.whitelist,
        )
        lines = (
            line for box in self.detector(rgb) for line in self._read_box(rgb, box.corners, read)
        )
        return blocks_in_reading_order(list(lines))

    def _excluded(self, options: Options) -> Mask | None:
        key = options.whitelist, options.languages
        if key not in self.alphabets:
            self.alphabets = {key: excluded_classes(self.reader.characters, options)}
        return self.alphabets[key]

    def _read_box(self, rgb: Pixels, corners: Floats, read: ReadLine) -> Iterator[Line]:
        crop = cut_line(rgb, corners)
        words = words_of(read(crop.pixels), crop)
        if crop.vertical and not any(is_unspaced(word.text[0]) for word in words):
            stacked = stacked_pieces(crop)
            if len(stacked) > 1:
                yield from chain(*(self._read_box(rgb, piece, read) for piece in stacked))
                return
        line = Line(words, "ttb" if crop.vertical else "ltr")
        if words and line.confidence >= MIN_CONFIDENCE:
            yield line


def _rgb(pixels: Pixels) -> Pixels:
    if pixels.ndim == 3:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGB), np.uint8)
