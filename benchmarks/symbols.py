"""Symbols that PP-OCR was not taught: drawn lines with and without the "Symbols" head.

python -m benchmarks.symbols --fonts FOLDER [--lines 10]

FOLDER is that of training/ (docs/training.md); its held-out fonts are used. For each symbol, prints
the percentage of lines in which it and no other symbol is recognized; "none": of lines that contain
only characters that resemble the symbols.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from app.engines.base import EngineConfig
from app.engines.paddleocr import PaddleOcrEngine
from app.engines.paddleocr.heads.reader import ScriptReader
from app.engines.paddleocr.heads.symbols import SYMBOLS
from app.ocr.options import Options
from app.ocr.source.base import Pixels
from app.tests.drawing import pixels
from training.drawing import can_draw
from training.scripts import SCRIPTS

FORMS = {
    "¼": ("deu", "Mehl {}¼ Tasse"), "¾": ("eng", "{} and ¾ litre of milk"),
    "⅓": ("eng", "{}⅓ cups of flour"), "⅔": ("eng", "about ⅔ of the {} people"),
    "‰": ("deu", "um {} ‰ gefallen"), "¡": ("spa", "¡{} puntos, señor!"),
    "none": ("eng", "Room 34, 14 of {}½, 1/4, 50 % off, now!"),
}  # fmt: skip
SIZES = 22, 30, 44


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, required=True)
    parser.add_argument("--lines", type=int, default=10, help="of each symbol")
    arguments = parser.parse_args()
    engine = PaddleOcrEngine(EngineConfig())
    reader = engine.page_reader.read_line
    assert isinstance(reader, ScriptReader)
    with_head = reader.symbols
    print("| symbol | without | with |\n|---|---|---|")
    for symbol, (language, form) in FORMS.items():
        lines = list(_lines(form, arguments.fonts, arguments.lines))
        shares = []
        for reader.symbols in (None, with_head):
            options = Options(languages=(language,))
            read = [(engine.read_line(line, options)[0], text) for line, text in lines]
            shares.append(sum(_symbols(one) == _symbols(text) for one, text in read) / len(read))
        print(f"| {symbol} | {100 * shares[0]:.0f} | {100 * shares[1]:.0f} |", flush=True)


def _lines(form: str, fonts: Path, count: int) -> Iterator[tuple[Pixels, str]]:
    chance = random.Random(form)
    names = (fonts / f"{SCRIPTS['Symbols'].name}.held.txt").read_text("utf-8").split()
    while count:
        text = form.format(chance.randint(1, 99))
        path = fonts / "files" / chance.choice(names)
        if not can_draw(path, text):
            continue
        font = ImageFont.truetype(path, chance.choice(SIZES))
        size = round(font.getlength(text)) + 24, round(1.5 * font.size)
        image = Image.new("RGB", size, "white")
        ImageDraw.Draw(image).text((12, font.size / 8), text, chance.randint(0, 90), font)
        yield pixels(image), text
        count -= 1


def _symbols(text: str) -> list[str]:
    return [each for each in text if each in SYMBOLS]


if __name__ == "__main__":
    main()
