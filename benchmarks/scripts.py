"""Our own heads against Tesseract, on lines drawn with held-out fonts and texts.

python -m benchmarks.scripts --fonts FOLDER --texts FOLDER [--lines 40] [--script Greek]

The folders are those of training/ (docs/training.md). CER in percent, micro-averaged. A head passes
if it is no worse than Tesseract on clean lines, better on damaged ones, and at most 0.5 on English.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytesseract
from rapidfuzz.distance import Levenshtein

from app.engines.base import EngineConfig
from app.engines.paddleocr import PaddleOcrEngine
from app.engines.paddleocr.heads.order import written_text
from app.engines.paddleocr.heads.reader import ScriptReader
from app.ocr.options import Options
from app.ocr.source.base import Pixels
from training.damage import CLEAN, HARD, MID
from training.drawing import can_draw, cut_out
from training.lines import Material
from training.scripts import ENGLISH, SCRIPTS, Script
from training.variation import LineSource

from .scoring import normalize

os.environ["OMP_THREAD_LIMIT"] = "1"

KINDS = {"clean": CLEAN, "mid": MID, "hard": HARD}
# Tesseract codes of the languages that a script's drawn lines are in.
TESSERACT = {
    "Cyrillic": "rus+ukr", "Greek": "ell+grc", "Vietnamese": "vie", "Hebrew": "heb",
    "Hangul": "kor", "Arabic": "ara+fas", "Devanagari": "hin", "Thai": "tha", "Georgian": "kat",
    "Armenian": "hye", "Fraktur": "frk",
}  # fmt: skip
LEAST_HEIGHT, BORDER = 56, 10
LENGTHS = 12, 60

Line = tuple[Pixels, str]
Reads = Callable[[Pixels], str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, required=True)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--lines", type=int, default=40, help="of each kind")
    parser.add_argument("--script", default="", choices=("", *SCRIPTS))
    parser.add_argument("--kind", default="", choices=("", *KINDS, ENGLISH.name))
    arguments = parser.parse_args()
    material = Material(arguments.fonts, arguments.texts, "held")
    reader = PaddleOcrEngine(EngineConfig()).page_reader.read_line
    assert isinstance(reader, ScriptReader)
    print("| script | kind | own | Tesseract |\n|---|---|---|---|")
    for script in SCRIPTS.values():
        if arguments.script in ("", script.name):
            for kind in (arguments.kind,) if arguments.kind else (*KINDS, ENGLISH.name):
                _measure(script, kind, reader, material, arguments.lines)


def _measure(
    script: Script, kind: str, reader: ScriptReader, material: Material, count: int
) -> None:
    english = kind == ENGLISH.name
    asked = Options(languages=tuple(TESSERACT[script.name].split("+")))

    def own(line: Pixels) -> str:
        # English lines are read as on a page in the script.
        seen = reader(line, asked) if english else reader.read(line, script.name, asked).characters
        return written_text("".join(each.text for each in seen))

    of, language = (ENGLISH, "eng") if english else (script, TESSERACT[script.name])
    lines = drawn_lines(of, script, material, KINDS.get(kind, CLEAN), count)
    rates = rate(own, lines), rate(tesseract_with(language), lines)
    print(f"| {script.name} | {kind} | {rates[0]:.2f} | {rates[1]:.2f} |", flush=True)


def drawn_lines(
    of: Script, script: Script, material: Material, amount: float, count: int
) -> list[Line]:
    """Lines of running text, without training's random letters. script: selects the fonts."""
    chance = random.Random(f"{of.name} {amount}")
    numbers = np.random.default_rng(int(1000 * amount))
    source = LineSource(of, material.lines(of.name), 3)
    # If a typeface makes the script, English set in it would be in that script.
    roman = of is ENGLISH and script.faces
    fonts = material.font_files(SCRIPTS["Vietnamese"] if roman else script)
    found: list[Line] = []
    while len(found) < count:
        text, font = source.running_text(chance.randint(*LENGTHS)), chance.choice(fonts)
        if text and can_draw(font, text):
            gray = cut_out(text, font, script, numbers, amount)
            found.append((np.asarray(cv2.cvtColor(gray, cv2.COLOR_GRAY2RGB), np.uint8), text))
    return found


def rate(reads: Reads, lines: list[Line]) -> float:
    wrong = total = 0
    for pixels, text in lines:
        truth = normalize(text, unspaced=False)
        wrong += Levenshtein.distance(normalize(reads(pixels), unspaced=False), truth)
        total += len(truth)
    return 100 * wrong / max(1, total)


def tesseract_with(language: str) -> Reads:
    """Reader of single lines by Tesseract, scaled and framed to suit it."""

    def read(line: Pixels) -> str:
        factor = max(1.0, LEAST_HEIGHT / line.shape[0])
        scaled = cv2.resize(line, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
        framed = cv2.copyMakeBorder(scaled, *(BORDER,) * 4, borderType=cv2.BORDER_REPLICATE)
        return str(pytesseract.image_to_string(framed, lang=language, config="--psm 7"))

    return read


if __name__ == "__main__":
    main()
