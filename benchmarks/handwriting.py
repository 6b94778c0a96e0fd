"""Handwriting told from print, on lines drawn with held-out fonts and texts.

python -m benchmarks.handwriting --fonts FOLDER --texts FOLDER [--lines 60]

The folders are those of training/ (docs/training.md). Prints the percentage of lines that are
called handwritten, and of those that are also read unsurely, as one line of a page must be; CER in
percent of all lines.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import cv2
import numpy as np

from app.engines.base import EngineConfig
from app.engines.paddleocr import PaddleOcrEngine
from app.engines.paddleocr.heads.handwriting import SURE
from app.engines.paddleocr.page_reader import LEGIBLE
from app.ocr.options import Options
from training.damage import CLEAN, HARD, MID
from training.drawing import can_draw, cut_out
from training.lines import Material
from training.scripts import SCRIPTS, Script
from training.variation import LineSource

from .scripts import LENGTHS, Line, rate

HAND, PRINT = SCRIPTS["Handwriting"], SCRIPTS["Symbols"]  # the latter has all faces of print
KINDS = {"clean": CLEAN, "mid": MID, "hard": HARD}
# Their letters are in the packaged recognizer's alphabet.
LANGUAGES = Options(languages=("eng", "deu", "fra", "spa", "ita"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, required=True)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--lines", type=int, default=60, help="of each kind")
    arguments = parser.parse_args()
    material = Material(arguments.fonts, arguments.texts, "held")
    engine = PaddleOcrEngine(EngineConfig())
    classifier = engine.page_reader.readers.is_handwritten
    assert classifier is not None
    print("| lines | called handwritten | and doubtful | CER |\n|---|---|---|---|")
    for script, name in ((HAND, "handwriting"), (PRINT, "print")):
        for kind, amount in KINDS.items():
            lines = drawn(script, material, amount, arguments.lines)
            called = [classifier.odds(picture) >= SURE for picture, _ in lines]
            unsure = [engine.read_line(each, LANGUAGES)[1] < LEGIBLE for each, _ in lines]
            doubtful = [one and other for one, other in zip(called, unsure, strict=True)]
            error = rate(lambda picture: engine.read_line(picture, LANGUAGES)[0], lines)
            shares = (100 * sum(each) / len(lines) for each in (called, doubtful))
            print(f"| {name}, {kind} |", *(f"{each:.0f} |" for each in shares), f"{error:.1f} |")


def drawn(script: Script, material: Material, amount: float, count: int) -> list[Line]:
    """Lines of running text in the script's fonts, with letters that the recognizer knows."""
    chance = random.Random(f"{script.name} {amount}")
    numbers = np.random.default_rng(int(1000 * amount))
    source = LineSource(HAND, material.lines(HAND.name), 3)
    fonts = material.font_files(script)
    found: list[Line] = []
    while len(found) < count:
        text, font = source.running_text(chance.randint(*LENGTHS)), chance.choice(fonts)
        if text and all(ord(each) < 0x100 for each in text) and can_draw(font, text):
            gray = cut_out(text, font, HAND, numbers, amount)
            found.append((np.asarray(cv2.cvtColor(gray, cv2.COLOR_GRAY2RGB), np.uint8), text))
    return found


if __name__ == "__main__":
    main()
