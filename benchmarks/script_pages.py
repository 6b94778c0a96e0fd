"""Scanned and photographed pages in further scripts: ours against plain Tesseract.

python -m benchmarks.script_pages --fonts FOLDER --texts FOLDER [--script Greek] [--auto]

The folders are those of training/ (docs/training.md); their held-out fonts and texts are used. CER
in percent, of ours with the language given, and with --auto also without it. The pages are upright:
direction is measured elsewhere.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path
from statistics import mean

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from app.engines.base import EngineConfig
from app.ocr.options import Options
from training.drawing import can_draw
from training.lines import Material
from training.scripts import SCRIPTS, Script
from training.variation import LineSource

from .degradations import PAPER, blocky, clean, dark, faint, fax, noisy, phone, screen, shadow
from .photos import curled, fingers_and_shadow, on_dark_desk, on_wood
from .readers import OurReader, Reader, read_with_tesseract
from .scoring import score
from .scripts import TESSERACT

SCANS = clean, screen, dark, blocky, noisy, faint, fax
PHOTOS = phone, shadow, on_wood, on_dark_desk, curled, fingers_and_shadow
WIDTH, MARGIN, SIZE, LEADING = 1240, 90, 34, 56
LINES = 12


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, required=True)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--script", default="", choices=("", *SCRIPTS))
    parser.add_argument("--pages", type=int, default=1)
    parser.add_argument("--auto", action="store_true")
    arguments = parser.parse_args()
    material = Material(arguments.fonts, arguments.texts, "held")
    upright = Options(rotate=0)
    readers: dict[str, Reader] = {
        "asked": OurReader(upright, EngineConfig()),
        "tesseract": read_with_tesseract,
    }
    if arguments.auto:
        readers["auto"] = OurReader(upright, EngineConfig(), given_language=False)
    print("| script | pages | " + " | ".join(readers) + " |\n|---|---|" + "---|" * len(readers))
    for script in SCRIPTS.values():
        if arguments.script in ("", script.name):
            for title, kinds in (("scans", SCANS), ("photos", PHOTOS)):
                row = _errors(script, kinds, material, arguments.pages, readers)
                cells = " | ".join(f"{100 * row[name]:.2f}" for name in readers)
                print(f"| {script.name} | {title} | {cells} |", flush=True)


def _errors(  # type: ignore[no-untyped-def]
    script: Script, kinds, material: Material, pages: int, readers: dict[str, Reader]
) -> dict[str, float]:
    errors: dict[str, list[float]] = {name: [] for name in readers}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        for kind in kinds:
            for seed in range(pages):
                image, truth = make_page(script, material, seed)
                kind(image, np.random.default_rng(seed)).save(path)
                for name, reader in readers.items():
                    languages = tuple(TESSERACT[script.name].split("+"))
                    read = reader(path, languages)
                    found = score(read, truth, metric="cer", unspaced=script.name == "Thai")
                    errors[name].append(found.error)
    return {name: mean(found) for name, found in errors.items()}


def make_page(script: Script, material: Material, seed: int) -> tuple[Image.Image, str]:
    """A page with one block of ragged lines in one font, and its text."""
    chance = random.Random(f"{script.name} {seed}")
    font_file = chance.choice(material.font_files(script))
    font = ImageFont.truetype(font_file, SIZE, layout_engine=ImageFont.Layout.RAQM)
    source = LineSource(script, material.lines(script.name), seed)
    direction = "rtl" if script.right_to_left else "ltr"
    image = Image.new("L", (WIDTH, 2 * MARGIN + LINES * LEADING), PAPER)
    drawing = ImageDraw.Draw(image)
    lines: list[str] = []
    while len(lines) < LINES:
        text = source.running_text(56)
        length = font.getlength(text, direction=direction)
        if len(text) < 25 or length > WIDTH - 2 * MARGIN or not can_draw(font_file, text):
            continue
        left = WIDTH - MARGIN - length if script.right_to_left else MARGIN
        place = left, MARGIN + len(lines) * LEADING
        drawing.text(place, text, 15, font, direction=direction)
        lines.append(text)
    return image, "\n".join(lines)


if __name__ == "__main__":
    main()
