"""Turn a page's pixels into lines: detection, then line recognition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from weakref import ref

import numpy as np

from app.engines.lines.crops import Crop, cut_line
from app.engines.lines.leader_boxes import joined_over_leaders
from app.engines.lines.leaders import cut_at_leaders
from app.engines.lines.tight_boxes import extended
from app.engines.runtime.cores import in_parallel
from app.engines.runtime.onnx import Floats
from app.ocr.layout import unordered_blocks
from app.ocr.options import Options
from app.ocr.result import Block, Line, Word
from app.ocr.scripts import is_unspaced
from app.ocr.source.base import Pixels

from .ctc import Character
from .detection import TextBox
from .heads.order import written
from .readers import LineReaders
from .recognition import read_lines
from .tiles import TiledDetector
from .words import stacked_pieces, words_of

# Lines below this confidence are noise, as in PaddleOCR itself.
MIN_CONFIDENCE = 0.5
# A column of digits, read as if it were turned text, reaches neither this confidence nor length.
SURE_TURNED = 0.85
TURNED_CHARACTERS = 5
# Letters that are upside down are read with less confidence than this; the right way up they are
# read with this much more.
DOUBTFUL, CLEAR_LEAD = 0.85, 0.1
# Whether a line is handwritten is asked only if it is read with less confidence, and of all lines
# on a page that has one: it takes as long as reading a line thoroughly.
LEGIBLE = 0.98
WORD = re.compile(r"[^\W\d_]{3,}")


class PageReader:
    def __init__(self, detector: TiledDetector, readers: LineReaders) -> None:
        self.detector = detector
        self.readers = readers
        self.read_line = readers.line
        self._latest: tuple[ref[Pixels], list[TextBox]] | None = None

    def text_boxes(self, pixels: Pixels) -> list[Floats]:
        return [box.corners for box in self._detect(pixels)]

    def __call__(self, pixels: Pixels, options: Options) -> tuple[Block, ...]:
        def cut(corners: Floats) -> tuple[list[Crop], list[Line]]:
            return cut_at_leaders(cut_line(pixels, extended(pixels, corners)))

        boxes = joined_over_leaders(pixels, self.text_boxes(pixels))
        parted = in_parallel(cut, boxes)
        crops = [crop for pieces, _ in parted for crop in pieces]
        leaders = [leader for _, found in parted for leader in found]

        def lines_of(at: int, read: list[Character]) -> list[Line]:
            return list(self._lines_of(pixels, crops[at], read, options))

        lines = read_lines(self.read_line, [crop.pixels for crop in crops], options, lines_of)
        return unordered_blocks(chain(*self._evenly_marked(crops, lines), leaders))

    def _detect(self, pixels: Pixels) -> list[TextBox]:
        """Detect once per array: its direction is found from the boxes before it is read."""
        if self._latest is None or self._latest[0]() is not pixels:
            self._latest = ref(pixels), self.detector(pixels)
        return self._latest[1]

    def _read_box(self, pixels: Pixels, corners: Floats, options: Options) -> Iterator[Line]:
        crop = cut_line(pixels, corners)
        yield from self._lines_of(pixels, crop, self.read_line(crop.pixels, options), options)

    def _lines_of(
        self, pixels: Pixels, crop: Crop, read: list[Character], options: Options
    ) -> Iterator[Line]:
        """read: the characters of the crop."""
        words = words_of(read, crop)
        if crop.vertical and not any(is_unspaced(word.text[0]) for word in words):
            tall = self._read_tall(pixels, crop, words, options)
            if tall is not None:
                yield from tall
                return
        line = Line(words, "ttb" if crop.vertical else "ltr")
        if crop.vertical and len(line.text) <= 1 and not is_unspaced(line.text[:1]):
            line = self._read_upright(pixels, crop, options) or line
        if not crop.vertical and line.words and line.confidence < DOUBTFUL:
            line = self._read_upside_down(crop, line, options)
        if line.words and line.confidence >= MIN_CONFIDENCE:
            line = written(line)
            yield self._marked(crop, line) if line.confidence < LEGIBLE else line

    def _evenly_marked(self, crops: list[Crop], lines: list[list[Line]]) -> list[list[Line]]:
        """The lines of each crop; if a doubtful one is marked, the others are asked about too."""
        if not any(word.handwritten for each in lines for line in each for word in line.words):
            return lines

        def marked(at: int) -> list[Line]:
            return [self._marked(crops[at], line) for line in lines[at]]

        return in_parallel(marked, range(len(crops)))

    def _marked(self, crop: Crop, line: Line) -> Line:
        """The line, with its words marked if it is handwritten."""
        is_handwritten = self.readers.is_handwritten
        if is_handwritten is None or crop.vertical or not is_handwritten(crop.pixels, line.text):
            return line
        return replace(line, words=tuple(replace(word, handwritten=True) for word in line.words))

    def _read_upside_down(self, crop: Crop, doubtful: Line, options: Options) -> Line:
        """The line read upside down if that is clearly surer, else the doubtful line."""
        flipped = _flipped(crop)
        read = self.readers.quick(flipped.pixels, options)
        line = Line(words_of(read, flipped))
        sure = line.confidence >= max(SURE_TURNED, doubtful.confidence + CLEAR_LEAD)
        # Numbers and single letters can be read either way up.
        is_text = len(line.text) >= TURNED_CHARACTERS and WORD.search(line.text)
        return line if sure and is_text else doubtful

    def _read_upright(self, pixels: Pixels, turned: Crop, options: Options) -> Line | None:
        """A single letter or digit, whose box is taller than wide without being vertical text."""
        crop = cut_line(pixels, np.roll(turned.corners, 1, axis=0), turn=False)
        line = Line(words_of(self.read_line(crop.pixels, options), crop))
        return line if line.text else None

    def _read_tall(
        self, pixels: Pixels, crop: Crop, downwards: tuple[Word, ...], options: Options
    ) -> list[Line] | None:
        """Text that runs up or down, or short lines below each other; None if it is neither.

        The figures of a table's column may be read as a turned number: the surer reading is right.
        """
        turned = self._read_turned(crop, downwards, options)
        if turned and not turned.text.isdigit():
            return [turned]
        pieces = stacked_pieces(crop)
        if len(pieces) < 2:
            return [turned] if turned else None
        stacked = list(chain(*(self._read_box(pixels, piece, options) for piece in pieces)))
        least = min((line.confidence for line in stacked), default=0.0)
        return [turned] if turned and turned.confidence >= least else stacked

    def _read_turned(
        self, crop: Crop, downwards: tuple[Word, ...], options: Options
    ) -> Line | None:
        """Text that runs up or down, such as a stamp in the margin; None if the reading is unsure.

        downwards: the words of the crop, which is turned as if it ran down.
        """
        flipped = _flipped(crop)
        upwards = words_of(self.read_line(flipped.pixels, options), flipped)
        line = max(Line(downwards, "ttb"), Line(upwards, "ttb"), key=lambda each: each.confidence)
        sure = line.confidence >= SURE_TURNED and len(line.text) >= TURNED_CHARACTERS
        return line if sure else None


def _flipped(crop: Crop) -> Crop:
    pixels = np.ascontiguousarray(crop.pixels[::-1, ::-1])
    return Crop(pixels, np.roll(crop.corners, 2, 0), crop.vertical)
