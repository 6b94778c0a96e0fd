"""Direction of a page, by what its lines say when they are read in one direction and the other.

The orientation network alone takes grey spreads for upright and turns Arabic over. The detected
lines show whether the text runs across or along the page; a few of them, read both ways, which
end is up. An upright page in letters that PP-OCR knows costs the reading of three lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from app.engines.lines.crops import cut_line
from app.engines.paddleocr import PaddleOcrEngine
from app.engines.paddleocr.alphabet import asks_for_asian
from app.engines.runtime.onnx import Floats
from app.engines.tesseract import TesseractEngine
from app.ocr.languages import AUTO
from app.ocr.options import Options
from app.ocr.prepare.geometry import turned
from app.ocr.scripts import VERTICAL_RATIO, is_unspaced
from app.ocr.source.base import Pixels
from app.recognition.pipeline import UprightPage

from .by_tesseract import rotation_by_tesseract
from .network import SURE, OrientationModel, Shares, likeliest

Boxes = list[Floats]

# Lines read first, and those read where these leave it open.
FIRST_LINES, MORE_LINES = 3, 7
# Longer lines are cut to so many times their height; shorter than the least they tell little.
LONGEST, SHORTEST = 14, 1.3
# Letters that PP-OCR knows are read so surely the right way up only (docs/benchmarks.md).
SURE_READING, SURE_LETTERS, SURE_DIGITS = 0.9, 8, 12
WORD = re.compile(r"[^\W\d_]{3,}")
# Letters that it does not know resemble some of its own the right way up: this much surer.
PLAUSIBLE_READING, CLEAR_LEAD = 0.7, 0.15
LEGIBLE_LINES = 2
# A word too short for that is left as its file has it where it is read so surely, and by so much
# surer than upside down.
SURE_WORD, WORD_LEAD, WORD_SIGNS = 0.95, 0.02, 2
# Lines of text on a page, below which the network has too little to look at.
NETWORK_LINES = 5
UNSPACED_SHARE = 0.5
# The quick network knows few Chinese and Japanese characters: a share of the text that is a hint.
UNSPACED_HINT = 0.2
UNSPACED_LANGUAGE = "jpn"
# Single letters that a sign has one below the other at least.
STACKED_LETTERS = 2
# Sum of the logarithms of the lines' odds that settles which end is up; the most that one line
# counts, and what the direction counts in which the file has the page (docs/benchmarks.md).
CLEAR_ODDS, MOST_ODDS, USUAL_ODDS = 4.0, 6.0, 1.5
# Taller than this times its width a box is a line that runs up or down; a letter such as b is not.
LEAST_ALONG = 2.0
# Rotations that make lines along the page, or across it, level.
ALONG, ACROSS = (270, 90), (0, 180)


@dataclass(frozen=True, slots=True)
class Reading:
    """confidence: mean of the lines'."""

    text: str
    confidence: float

    @property
    def letters(self) -> int:
        """In words: digits that lie upside down are read as digits and single letters."""
        return sum(map(len, WORD.findall(self.text))) + sum(map(is_unspaced, self.text))

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE_READING and self.letters >= SURE_LETTERS


@dataclass(frozen=True, slots=True)
class DirectionFinder:
    """network: None where it is not installed."""

    network: OrientationModel | None
    paddle: PaddleOcrEngine
    tesseract: TesseractEngine

    def upright(self, pixels: Pixels, options: Options) -> tuple[int, UprightPage]:
        """Degrees clockwise (0, 90, 180, 270) that make the page upright, and the page so."""
        shares = self.network.shares(pixels) if self.network else {0: 1.0}
        rotation = likeliest(shares)
        page = UprightPage.of(turned(pixels, rotation), options)
        if not self.paddle.availability().available:
            return rotation, page
        level = page.prepared(self.paddle.preparation).pixels
        seen = {(way - rotation) % 360: share for way, share in shares.items()}
        boxes = self.paddle.text_boxes(level)
        left = self.rotation(level, boxes, seen, options, stored=-rotation % 360)
        if left:
            rotation = (rotation + left) % 360
            page = UprightPage.of(turned(pixels, rotation), options)
        return rotation, page

    def rotation(
        self, pixels: Pixels, boxes: Boxes, shares: Shares, options: Options, *, stored: int = 0
    ) -> int:
        """Degrees clockwise (0, 90, 180, 270) that make the page upright.

        boxes: corners (4, 2) of its lines; shares: what the orientation network says; stored: the
        rotation that gives back the page as its file has it, where nothing else tells.
        """
        # Lines along the page are cut out as if its left edge were the top.
        ways = ALONG if boxes and _run_along(boxes) else ACROSS
        lines = _longest_first(boxes, ways)
        if not lines:
            return stored
        first = max(ways, key=lambda way: shares.get(way, 0.0))
        other = next(way for way in ways if way != first)
        crops = list(_crops(pixels, lines[:FIRST_LINES]))
        if _together(self._read(crops, flipped=first != ways[0])).is_sure:
            return self._unless_vertical(crops, first, shares)
        crops += _crops(pixels, lines[FIRST_LINES:MORE_LINES])
        readings = _legible(*((way, self._read(crops, flipped=way != ways[0])) for way in ways))
        columns = ways == ALONG and self._may_be_columns(crops, options, readings)
        found = None if columns else self._by_shapes(crops, ways, stored)
        if found is None:
            found = _clearly_surer(readings)
        if found is None and not columns and _unspaced_share(readings) >= UNSPACED_HINT:
            found = _clearly_surer(self._read_thoroughly(crops, ways))
        if found is not None:
            return self._unless_vertical(crops, found, shares)
        if columns:
            return 0
        if _is_sure_as_stored(readings, stored):
            return stored
        named = () if AUTO in options.languages else options.languages
        found = rotation_by_tesseract(self.tesseract, pixels, boxes, (first, other), named)
        if found is not None:
            return found
        return _by_network(ways, shares, len(lines), stored)

    def _read(self, crops: list[Pixels], *, flipped: bool) -> list[Reading]:
        options = Options(languages=(AUTO,))
        turned_crops = (_flipped(crop) if flipped else crop for crop in crops)
        return [Reading(*self.paddle.read_quickly(crop, options)) for crop in turned_crops]

    def _read_thoroughly(self, crops: list[Pixels], ways: tuple[int, int]) -> dict[int, Reading]:
        """As Chinese or Japanese, of which the quick network knows too few characters."""
        options = Options(languages=(UNSPACED_LANGUAGE,))

        def read(way: int) -> list[Reading]:
            lines = (_flipped(crop) if way != ways[0] else crop for crop in crops)
            return [Reading(*self.paddle.read_line(line, options)) for line in lines]

        return _legible(*((way, read(way)) for way in ways))

    def _may_be_columns(
        self, crops: list[Pixels], options: Options, readings: dict[int, Reading]
    ) -> bool:
        """Whether lines along the page may be columns of Chinese or Japanese, read neither way.

        crops: cut out as such columns are read.
        """
        named = AUTO not in options.languages
        if named and options.languages:
            return asks_for_asian(options)
        share = _unspaced_share(readings)
        if not UNSPACED_HINT <= share < UNSPACED_SHARE:
            return not named and share >= UNSPACED_SHARE
        lines = (self.paddle.read_line(crop, Options(languages=(AUTO,))) for crop in crops)
        # Of Arabic upside down it makes a few Chinese characters, which it is not sure of.
        legible = (Reading(*line) for line in lines if line[1] >= PLAUSIBLE_READING)
        return _unspaced_share(dict(enumerate(legible))) >= UNSPACED_SHARE

    def _by_shapes(self, crops: list[Pixels], ways: tuple[int, int], stored: int) -> int | None:
        """By the network that knows which end of letters is up, in scripts that it need not read.

        Few files are upside down, which a short line must outweigh.
        """
        odds = [max(-MOST_ODDS, min(MOST_ODDS, each)) for each in self.paddle.upright_odds(crops)]
        if not odds:
            return None
        usual = {ways[0]: USUAL_ODDS, ways[1]: -USUAL_ODDS}.get(stored, 0.0)
        total = sum(odds) + usual
        if abs(total) < CLEAR_ODDS:
            return None
        return ways[0] if total > 0 else ways[1]

    def _unless_vertical(self, crops: list[Pixels], way: int, shares: Shares) -> int:
        """Chinese and Japanese columns on an upright page are read as lines along it."""
        if way not in (90, 270) or shares.get(way, 0.0) >= SURE:
            return way
        text = _together(self._read(crops, flipped=way == 90)).text
        unspaced = sum(map(is_unspaced, text))
        upright = shares.get(0, 0.0) > shares.get(way, 0.0)
        return 0 if upright and unspaced >= UNSPACED_SHARE * len(text) else way


def _by_network(ways: tuple[int, int], shares: Shares, lines: int, stored: int) -> int:
    """Its word counts for whole pages; a cut-out line is seldom upside down."""
    best = max(ways, key=lambda way: shares.get(way, 0.0))
    believed = lines >= NETWORK_LINES and shares.get(best, 0.0) >= SURE
    return best if believed or stored not in ways else stored


def _together(lines: list[Reading]) -> Reading:
    return Reading(" ".join(line.text for line in lines), fmean(line.confidence for line in lines))


def _legible(*ways: tuple[int, list[Reading]]) -> dict[int, Reading]:
    """By rotation, the lines that can be read in one of the two; all where few can.

    The longest lines of a receipt may be rows of asterisks, which say nothing.
    """
    pairs = list(zip(*(lines for _, lines in ways), strict=True))
    clear = [pair for pair in pairs if max(line.confidence for line in pair) >= PLAUSIBLE_READING]
    chosen = clear if len(clear) >= LEGIBLE_LINES else pairs
    return {way: _together([pair[at] for pair in chosen]) for at, (way, _) in enumerate(ways)}


def _clearly_surer(readings: dict[int, Reading]) -> int | None:
    """For letters that PP-OCR knows, or resembles, and for digits; None for others."""
    way, other = sorted(readings, key=lambda each: -readings[each].confidence)
    best, lead = readings[way], readings[way].confidence - readings[other].confidence
    if best.confidence >= SURE_READING:
        enough = best.letters >= SURE_LETTERS or len(best.text) >= SURE_DIGITS
        return way if enough and lead >= CLEAR_LEAD else None
    enough = best.letters >= SURE_LETTERS and best.confidence >= PLAUSIBLE_READING
    return way if enough and lead >= CLEAR_LEAD else None


def _is_sure_as_stored(readings: dict[int, Reading], stored: int) -> bool:
    """Of a word or two in letters that PP-OCR knows, such as "No.17"."""
    if stored not in readings:
        return False
    here, others = readings[stored], [each for way, each in readings.items() if way != stored]
    lead = here.confidence - max(each.confidence for each in others)
    enough = sum(map(str.isalnum, here.text)) >= WORD_SIGNS
    return enough and here.confidence >= SURE_WORD and lead >= WORD_LEAD


def _unspaced_share(readings: dict[int, Reading]) -> float:
    text = "".join(reading.text for reading in readings.values())
    return sum(map(is_unspaced, text)) / max(1, len(text))


def _run_along(boxes: Boxes) -> bool:
    """Whether the text runs up or down the page, by the length of such lines."""
    sides = np.array([np.ptp(box, axis=0) for box in boxes])
    width, height = sides.T
    if _are_stacked(boxes, width, height):
        return False
    along = height[height >= LEAST_ALONG * width].sum()
    return bool(along > width[width >= VERTICAL_RATIO * height].sum())


def _are_stacked(boxes: Boxes, width: Floats, height: Floats) -> bool:
    """Whether the boxes are a sign's upright letters one below the other, of which the detector
    may take some for a line that runs down."""
    vertical = height >= VERTICAL_RATIO * width
    letters = len(boxes) - int(vertical.sum())
    across = np.ptp([box[:, 0].mean() for box in boxes]) < width.mean()
    wide = (width >= VERTICAL_RATIO * height).any()
    return bool(across and not wide and letters >= max(STACKED_LETTERS, vertical.sum()))


def _longest_first(boxes: Boxes, ways: tuple[int, int]) -> Boxes:
    """Those with several letters that run as the ways say; of long ones the length tells little."""
    across = int(ways == ALONG)
    sides = [(*np.ptp(box, axis=0)[[across, 1 - across]], box) for box in boxes]
    long = [(min(LONGEST, length / max(1.0, height)), length, box) for length, height, box in sides]
    readable = [each for each in long if each[0] >= SHORTEST]
    return [box for _, _, box in sorted(readable, key=lambda each: (-each[0], -each[1]))]


def _crops(pixels: Pixels, boxes: Boxes) -> Iterator[Pixels]:
    for box in boxes:
        line = cut_line(pixels, box).pixels
        yield np.ascontiguousarray(line[:, : LONGEST * line.shape[0]])


def _flipped(line: Pixels) -> Pixels:
    return np.ascontiguousarray(line[::-1, ::-1])
