"""language=auto: a few lines of the page are read in every script that is installed.

PP-OCR takes Russian for Latin with high confidence, so its score is not believed alone: its text
must look like a language, or Tesseract reads a few lines in every installed script.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from app.ocr.languages import language_of
from app.ocr.options import Options
from app.ocr.prepare.light import even_light, to_gray
from app.ocr.result import Page
from app.ocr.scripts import script_counts
from app.ocr.source.base import Pixels

from .base import Engine
from .crops import cut_line
from .identification import identify
from .onnx import Floats

SAMPLE_LINES = 4
SAMPLE_HEIGHT = 48
MAX_SAMPLE_WIDTH = 1200
ONE_BLOCK = 6
FALLBACK = "eng"
# Which installed language stands for its script; the first that is there.
REPRESENTATIVES = {
    "Latin": ("Latin", "script/Latin", "eng"),
    "Cyrillic": ("Cyrillic", "script/Cyrillic", "rus", "ukr", "bul", "srp"),
    "Greek": ("Greek", "script/Greek", "ell", "grc"),
    "Arabic": ("Arabic", "script/Arabic", "ara", "fas", "urd"),
    "Hebrew": ("Hebrew", "script/Hebrew", "heb"),
    "Devanagari": ("Devanagari", "script/Devanagari", "hin", "mar", "nep"),
    "Hangul": ("Hangul", "script/Hangul", "kor"),
    "Thai": ("Thai", "script/Thai", "tha"),
    "Fraktur": ("Fraktur", "script/Fraktur", "deu_latf", "frk"),
}
# By how much a script's reading must be surer than the Latin one of the same lines.
HEADSTART = {script: 0.05 for script in REPRESENTATIVES if script != "Latin"} | {"Fraktur": 0.02}
LEAST_CONFIDENCE = 0.6
# So sure and so plausible a reading needs no second opinion.
CONVINCING = 0.4
# PP-OCR reads German Fraktur, though never as surely as roman type.
ROMAN_CONFIDENCE = 0.975
# What a text counts for that is surely in none of the languages.
UNIDENTIFIED = 0.2


@dataclass(frozen=True, slots=True)
class Guess:
    language: str
    evidence: float


def judge(page: Page, candidates: tuple[str, ...]) -> Guess:
    """How much a page that PP-OCR read looks like one of the candidates."""
    found = identify(page.text, candidates) or (FALLBACK, 0.0)
    plausible = UNIDENTIFIED + (1 - UNIDENTIFIED) * found[1]
    share = _script_share(page.text, ("Latin", "Han", "Kana"))
    return Guess(found[0], share * page.confidence**2 * plausible)


def needs_second_opinion(first: Guess, page: Page) -> bool:
    may_be_fraktur = first.language == "deu" and page.confidence < ROMAN_CONFIDENCE
    return first.evidence < CONVINCING or may_be_fraktur


def guess_by_tesseract(tesseract: Engine, pixels: Pixels, boxes: list[Floats]) -> str | None:
    """The language of the script in which a few lines are read best, or None for Latin.

    boxes: corners of text lines on the pixels.
    """
    sample = _sample(pixels, boxes)
    if sample is None:
        return None
    latin = _confidence(tesseract, "Latin", sample)
    others = {script: _confidence(tesseract, script, sample) for script in HEADSTART}
    best = max(others, key=lambda script: others[script].evidence - HEADSTART[script])
    if others[best].evidence < max(LEAST_CONFIDENCE, latin.evidence + HEADSTART[best]):
        return None
    return others[best].language


def _confidence(tesseract: Engine, script: str, sample: Pixels) -> Guess:
    """The best language of the script for the sample, and how well its script was read (0-1)."""
    installed = tesseract.languages()
    reader = next((name for name in REPRESENTATIVES[script] if name in installed), None)
    if reader is None:
        return Guess(FALLBACK, 0.0)
    page = tesseract.recognize(sample, Options(languages=(reader,), psm=ONE_BLOCK))
    candidates = tuple(code for code in installed if language_of(code).script == script)
    language, _ = identify(page.text, candidates) or (reader, 0.0)
    letters = ("Latin",) if script == "Fraktur" else (script,)
    return Guess(language, page.confidence * _script_share(page.text, letters))


def _script_share(text: str, scripts: tuple[str, ...]) -> float:
    """Share of the letters that are in the scripts."""
    counts = script_counts(text)
    total = counts.total()
    return sum(counts[each] for each in scripts) / total if total else 0.0


def _sample(pixels: Pixels, boxes: list[Floats]) -> Pixels | None:
    """The longest detected lines below each other on a white sheet."""
    crops = [cut_line(pixels, corners) for corners in boxes]
    lines = sorted(
        (crop.pixels for crop in crops if min(crop.pixels.shape[:2]) >= 8),
        key=lambda line: -line.shape[1] / line.shape[0],
    )[:SAMPLE_LINES]
    strips = [_strip(line) for line in lines]
    return np.vstack(strips) if strips else None


def _strip(line: Pixels) -> Pixels:
    gray = to_gray(line)
    height, width = gray.shape
    size = min(MAX_SAMPLE_WIDTH, max(1, round(width * SAMPLE_HEIGHT / height))), SAMPLE_HEIGHT
    if width * SAMPLE_HEIGHT / height > MAX_SAMPLE_WIDTH:
        gray = gray[:, : round(MAX_SAMPLE_WIDTH * height / SAMPLE_HEIGHT)]
    resized = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    sheet = np.full((SAMPLE_HEIGHT + 24, MAX_SAMPLE_WIDTH + 40), 245, np.uint8)
    sheet[12 : 12 + SAMPLE_HEIGHT, 20 : 20 + size[0]] = even_light(np.asarray(resized, np.uint8))
    return sheet
