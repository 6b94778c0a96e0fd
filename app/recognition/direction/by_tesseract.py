"""Direction of lines in letters that only Tesseract reads: by its own detection of direction and
script, and by its confidence in a few lines read in each direction."""

from __future__ import annotations

import numpy as np

from app.engines.runtime.onnx import Floats
from app.engines.tesseract import TesseractEngine
from app.engines.tesseract.request import ONE_BLOCK
from app.ocr.languages import language_of
from app.ocr.options import Options
from app.ocr.prepare.geometry import turned
from app.ocr.prepare.light import even_light, inverted_where_dark, to_gray
from app.ocr.scripts import NAME_TO_SCRIPT, script_counts
from app.ocr.source.base import Pixels
from app.recognition.auto.language_detection import REPRESENTATIVES
from app.recognition.auto.line_sample import sample_of_lines

# Lines for Tesseract's detection, which needs many letters, and for its reading.
DETECTION_LINES, READING_LINES = 12, 3
# Tesseract's own measure of certainty: believed at once, and believed if nothing else decides.
SURE_DETECTION, LIKELY_DETECTION = 3.0, 1.5
# A reading with this confidence needs no comparison; the better of two readings leads by this.
SURE_READING, CLEAR_LEAD = 0.75, 0.1
# The same for a reading in a script that is only assumed: its least confidence, and its lead.
FAIR_READING, FAIR_LEAD = 0.6, 0.2
DARK = 110


def rotation_by_tesseract(
    tesseract: TesseractEngine,
    pixels: Pixels,
    boxes: list[Floats],
    ways: tuple[int, int],
    languages: tuple[str, ...],
) -> int | None:
    """One of the two ways (degrees clockwise), or None if neither is clear.

    ways: the likelier one first. languages: of the text, as far as they are known.
    """
    if not tesseract.availability().available:
        return None
    height, width = pixels.shape[:2]
    upright = turned(pixels, ways[0])
    lines = [turned_corners(box, ways[0], width, height) for box in boxes]
    installed = set(tesseract.languages())
    if languages and set(languages) <= installed:
        found = _surer_way(tesseract, upright, lines, languages)
        if found is not None:
            return ways[found]
    if (sheet := sample_of_lines(upright, lines, DETECTION_LINES)) is None:
        return None
    detected = tesseract.direction(_dark_on_light(sheet))
    sure = detected.confidence if detected and detected.degrees in (0, 180) else 0.0
    if sure < SURE_DETECTION and not languages:
        found = _by_any_script(tesseract, upright, lines)
        if found is not None:
            return ways[found]
    return ways[detected.degrees // 180] if detected and sure >= LIKELY_DETECTION else None


def turned_corners(corners: Floats, rotation: int, width: int, height: int) -> Floats:
    """Corners (4, 2) of a box, clockwise from its top left, once a page of the given size has been
    turned clockwise by the rotation."""
    x, y = corners.T
    points = {
        0: (x, y),
        90: (height - y, x),
        180: (width - x, height - y),
        270: (y, width - x),
    }[rotation]
    return np.asarray(np.roll(np.stack(points, axis=1), rotation // 90, axis=0), np.float32)


def _by_any_script(tesseract: TesseractEngine, upright: Pixels, lines: list[Floats]) -> int | None:
    """As _surer_way, for too few letters to detect a script: by the most confident reading."""
    sheet = sample_of_lines(upright, lines, READING_LINES)
    if sheet is None:
        return None
    pictures = _both_ways(_dark_on_light(sheet))
    installed = tesseract.languages()
    best, way = FAIR_READING, None
    for names in REPRESENTATIVES.values():
        code = next((name for name in names if name in installed), None)
        if code:
            sure, other = (_confidence(tesseract, picture, (code,)) for picture in pictures)
            if max(sure, other) > best and abs(sure - other) >= FAIR_LEAD:
                best, way = max(sure, other), int(other > sure)
    return way


def _surer_way(
    tesseract: TesseractEngine, upright: Pixels, lines: list[Floats], languages: tuple[str, ...]
) -> int | None:
    """0 for the direction as it is, 1 for the opposite one, None if neither is clear."""
    sheet = sample_of_lines(upright, lines, READING_LINES)
    if sheet is None:
        return None
    here, opposite = _both_ways(_dark_on_light(sheet))
    sure = _confidence(tesseract, here, languages)
    if sure >= SURE_READING:
        return 0
    other = _confidence(tesseract, opposite, languages)
    if abs(sure - other) < CLEAR_LEAD:
        return None
    return int(other > sure)


def _confidence(tesseract: TesseractEngine, sheet: Pixels, languages: tuple[str, ...]) -> float:
    """0-1; letters of other scripts count as wrong, digits as letters of any script."""
    page = tesseract.recognize(sheet, Options(languages=languages, psm=ONE_BLOCK))
    scripts = {letters for code in languages for letters in _letters(language_of(code).script)}
    letters, digits = script_counts(page.text), sum(map(str.isdigit, page.text))
    known = digits + sum(letters[script] for script in scripts)
    return page.confidence * known / max(1, digits + letters.total())


def _letters(script: str) -> tuple[str, ...]:
    """Names in app.ocr.scripts of the letters of a language's script."""
    several = {"Japanese": ("Han", "Kana"), "Fraktur": ("Latin",)}
    return several.get(script, (script if script in NAME_TO_SCRIPT.values() else "Other",))


def _both_ways(sheet: Pixels) -> tuple[Pixels, Pixels]:
    return sheet, np.ascontiguousarray(sheet[::-1, ::-1])


def _dark_on_light(sheet: Pixels) -> Pixels:
    gray = to_gray(sheet)
    return inverted_where_dark(gray) if float(np.median(gray)) < DARK else even_light(gray)
