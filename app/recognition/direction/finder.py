"""Direction of a page, found by reading its lines in one direction and the other.

The orientation network alone takes grey spreads for upright and turns Arabic upside down. The
detected lines show whether the text runs across or along the page; reading a few of them both ways
shows which end is up. An upright page in letters that PP-OCR knows costs reading three lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import fmean

from app.engines.paddleocr import PaddleOcrEngine
from app.engines.paddleocr.alphabet import asks_for_asian
from app.engines.runtime.cores import in_parallel
from app.engines.tesseract import TesseractEngine
from app.ocr.languages import AUTO
from app.ocr.options import Options
from app.ocr.prepare.geometry import turned
from app.ocr.scripts import is_unspaced
from app.ocr.source.base import Pixels
from app.recognition.pipeline import UprightPage

from .by_tesseract import rotation_by_tesseract
from .lines import (
    ACROSS,
    ALONG,
    Boxes,
    crops_of,
    longest_first,
    run_along,
    upside_down,
    whole_crops_of,
)
from .network import SURE, OrientationModel, Shares, likeliest

# Number of lines read first, and in all if these do not decide.
FIRST_LINES, MORE_LINES = 3, 7
# Letters that PP-OCR knows are read this surely only the right way up (docs/benchmarks.md).
SURE_READING, SURE_LETTERS, SURE_DIGITS = 0.9, 8, 12
ANY_LANGUAGE = Options(languages=(AUTO,))
# Computes the letters of other alphabets only for lines that seem to have some.
LATIN_FIRST = Options(languages=("eng", AUTO))
WORD = re.compile(r"[^\W\d_]{3,}")
# Letters that it does not know resemble some that it knows if they are the right way up: least
# confidence, and lead over the other direction.
PLAUSIBLE_READING, CLEAR_LEAD = 0.7, 0.15
LEGIBLE_LINES = 2
# On a page of a few lines, a word too short for that keeps the direction of its file if it is read
# with this confidence, and this much surer than upside down.
SURE_WORD, WORD_LEAD, WORD_SIGNS = 0.95, 0.02, 2
FEW_LINES = 2
# Least number of lines on a page for the network to judge by.
NETWORK_LINES = 5
UNSPACED_SHARE = 0.5
# Share of Chinese and Japanese characters that is a hint, as the quick network knows only few.
UNSPACED_HINT = 0.2
UNSPACED = Options(languages=("jpn",))
# Sum of the lines' log odds that decides which end is up; the most that one line counts, and the
# head start of the page's direction in the file (docs/benchmarks.md).
CLEAR_ODDS, MOST_ODDS, USUAL_ODDS = 4.0, 6.0, 1.5


@dataclass(frozen=True, slots=True)
class Reading:
    """confidence: mean of the lines' confidences, 0-1."""

    text: str
    confidence: float

    @property
    def letters(self) -> int:
        """Letters in words only: upside-down digits are read as digits and single letters."""
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
        """Degrees clockwise (0, 90, 180, 270) that make the page upright, and the upright page."""
        stored = self._prepared(pixels, options)
        if self._is_surely_upright(stored):
            return 0, stored
        shares = self.network.shares(pixels) if self.network else {0: 1.0}
        rotation = likeliest(shares)
        page = self._prepared(turned(pixels, rotation), options) if rotation else stored
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

    def _is_surely_upright(self, page: UprightPage) -> bool:
        """Whether its longest lines run across and are read surely, as on nearly all pages, which
        then need no network."""
        if not self.paddle.availability().available:
            return False
        level = page.prepared(self.paddle.preparation).pixels
        boxes = self.paddle.text_boxes(level)
        lines = [] if not boxes or run_along(boxes) else longest_first(boxes, ACROSS)
        crops = list(whole_crops_of(level, lines[:FIRST_LINES]))
        return bool(crops) and _together(self._read(crops, LATIN_FIRST)).is_sure

    def _prepared(self, pixels: Pixels, options: Options) -> UprightPage:
        """The page, prepared for PP-OCR where it is available."""
        page = UprightPage.of(pixels, options)
        if self.paddle.availability().available:
            page.prepared(self.paddle.preparation)
        return page

    def rotation(
        self, pixels: Pixels, boxes: Boxes, shares: Shares, options: Options, *, stored: int = 0
    ) -> int:
        """Degrees clockwise (0, 90, 180, 270) that make the page upright.

        boxes: corners (4, 2) of its lines; shares: of the orientation network; stored: the rotation
        back to the direction that the page has in its file, used if nothing else decides.
        """
        # Lines along the page are cut out as if its left edge were the top.
        ways = ALONG if boxes and run_along(boxes) else ACROSS
        lines = longest_first(boxes, ways)
        if not lines:
            return stored
        first = max(ways, key=lambda way: shares.get(way, 0.0))
        other = next(way for way in ways if way != first)
        crops = list(crops_of(pixels, lines[:FIRST_LINES]))
        if _together(self._read(crops, flipped=first != ways[0])).is_sure:
            return self._unless_vertical(crops, first, shares)
        crops += crops_of(pixels, lines[FIRST_LINES:MORE_LINES])
        readings = _legible(*((way, self._read(crops, flipped=way != ways[0])) for way in ways))
        columns = ways == ALONG and self._may_be_columns(crops, options, readings)
        found = None if columns else self._by_shapes(crops, ways, stored)
        if found is None:
            found = _clearly_surer(readings)
        if found is None and not columns and _unspaced_share(readings) >= UNSPACED_HINT:
            found = _clearly_surer(self._read_thoroughly(crops, ways, UNSPACED))
        if found is not None:
            return self._unless_vertical(crops, found, shares)
        if columns:
            return 0
        if len(crops) <= FEW_LINES:
            readings = self._read_thoroughly(crops, ways, ANY_LANGUAGE)
        if _is_sure_as_stored(readings, stored):
            return stored
        named = () if AUTO in options.languages else options.languages
        found = rotation_by_tesseract(self.tesseract, pixels, boxes, (first, other), named)
        if found is not None:
            return found
        return _by_network(ways, shares, len(lines), stored)

    def _read(
        self, crops: list[Pixels], options: Options = ANY_LANGUAGE, *, flipped: bool = False
    ) -> list[Reading]:
        def read(crop: Pixels) -> Reading:
            return Reading(
                *self.paddle.read_quickly(upside_down(crop) if flipped else crop, options)
            )

        return in_parallel(read, crops)

    def _read_thoroughly(
        self, crops: list[Pixels], ways: tuple[int, int], options: Options
    ) -> dict[int, Reading]:
        """Read as the page will be. The quick network knows too few Chinese characters, and finds
        letters in a word that is upside down."""

        def read(way: int) -> list[Reading]:
            lines = (upside_down(crop) if way != ways[0] else crop for crop in crops)
            return [Reading(*self.paddle.read_line(line, options)) for line in lines]

        return _legible(*((way, read(way)) for way in ways))

    def _may_be_columns(
        self, crops: list[Pixels], options: Options, readings: dict[int, Reading]
    ) -> bool:
        """Whether lines along the page may be Chinese or Japanese columns, which need no rotation.

        crops: cut out as such columns are read.
        """
        named = AUTO not in options.languages
        if named and options.languages:
            return asks_for_asian(options)
        share = _unspaced_share(readings)
        if not UNSPACED_HINT <= share < UNSPACED_SHARE:
            return not named and share >= UNSPACED_SHARE
        lines = (self.paddle.read_line(crop, ANY_LANGUAGE) for crop in crops)
        # It reads upside-down Arabic as a few Chinese characters, with little confidence.
        legible = (Reading(*line) for line in lines if line[1] >= PLAUSIBLE_READING)
        return _unspaced_share(dict(enumerate(legible))) >= UNSPACED_SHARE

    def _by_shapes(self, crops: list[Pixels], ways: tuple[int, int], stored: int) -> int | None:
        """Decide by the network that sees which end of letters is up, in any script.

        Few pages are upside down in their files, so their stored direction has a head start.
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
        """0 for Chinese or Japanese columns on an upright page, which look like lines along it."""
        if way not in (90, 270) or shares.get(way, 0.0) >= SURE:
            return way
        text = _together(self._read(crops, flipped=way == 90)).text
        unspaced = sum(map(is_unspaced, text))
        upright = shares.get(0, 0.0) > shares.get(way, 0.0)
        return 0 if upright and unspaced >= UNSPACED_SHARE * len(text) else way


def _by_network(ways: tuple[int, int], shares: Shares, lines: int, stored: int) -> int:
    """Believe the network for whole pages only, as a cut-out line is rarely upside down."""
    best = max(ways, key=lambda way: shares.get(way, 0.0))
    believed = lines >= NETWORK_LINES and shares.get(best, 0.0) >= SURE
    return best if believed or stored not in ways else stored


def _together(lines: list[Reading]) -> Reading:
    return Reading(" ".join(line.text for line in lines), fmean(line.confidence for line in lines))


def _legible(*ways: tuple[int, list[Reading]]) -> dict[int, Reading]:
    """For each rotation the lines that are legible in one of the two; all lines if few are.

    The longest lines of a receipt may be rows of asterisks, which say nothing.
    """
    pairs = list(zip(*(lines for _, lines in ways), strict=True))
    clear = [pair for pair in pairs if max(line.confidence for line in pair) >= PLAUSIBLE_READING]
    chosen = clear if len(clear) >= LEGIBLE_LINES else pairs
    return {way: _together([pair[at] for pair in chosen]) for at, (way, _) in enumerate(ways)}


def _clearly_surer(readings: dict[int, Reading]) -> int | None:
    """The rotation in which letters that PP-OCR knows, or similar ones, or digits are clearly read
    best; None if there is none."""
    way, other = sorted(readings, key=lambda each: -readings[each].confidence)
    best, lead = readings[way], readings[way].confidence - readings[other].confidence
    if best.confidence >= SURE_READING:
        enough = best.letters >= SURE_LETTERS or len(best.text) >= SURE_DIGITS
        return way if enough and lead >= CLEAR_LEAD else None
    enough = best.letters >= SURE_LETTERS and best.confidence >= PLAUSIBLE_READING
    return way if enough and lead >= CLEAR_LEAD else None


def _is_sure_as_stored(readings: dict[int, Reading], stored: int) -> bool:
    """Whether a word or two in letters that PP-OCR knows, such as "No.17", are read as stored."""
    if stored not in readings:
        return False
    here, others = readings[stored], [each for way, each in readings.items() if way != stored]
    lead = here.confidence - max(each.confidence for each in others)
    enough = sum(map(str.isalnum, here.text)) >= WORD_SIGNS
    return enough and here.confidence >= SURE_WORD and lead >= WORD_LEAD


def _unspaced_share(readings: dict[int, Reading]) -> float:
    text = "".join(reading.text for reading in readings.values())
    return sum(map(is_unspaced, text)) / max(1, len(text))
