"""Pages and letters of any size: lines found, errors, and time per area.

    python -m benchmarks.size [--engine auto] [--profile full] [--kinds tall wide letters icon]
                              [--only 30,000]

"tall": screenshots 1,080 pixels wide; "wide": 900 pixels high; "letters": pages of 1,600 x 1,000
with lower-case letters of one height; "icon": a single word. Lines are random, so that a line that
is missing or read twice is noticed.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from app.engines.base import EngineConfig
from app.ocr.options import Options
from app.ocr.source import PageImage
from app.recognition.libraries import configure_libraries
from app.recognition.page_reader import PageReader

from .scoring import score

WORDS = (
    "river amber window carpet silver planet garden lemon bridge winter candle forest market"
    " pocket rabbit saddle tunnel valley wonder yellow basket copper dragon engine flower"
).split()
FONT = "DejaVuSans.ttf"
# Height of lower-case letters relative to the font size.
X_HEIGHT = 0.547
HEIGHTS = (2_000, 5_000, 10_000, 20_000, 30_000)
WIDTHS = (2_000, 5_000, 10_000, 20_000)
LETTERS = (6, 7, 8, 10, 14, 20, 30, 50, 80, 120, 200)


@dataclass(frozen=True)
class Case:
    name: str
    image: Image.Image
    lines: list[str]


def main() -> None:
    arguments = _parse()
    configure_libraries(threads=1)
    reader = PageReader(EngineConfig(profile=arguments.profile, max_pixels=10**9))
    print("| page | lines | found | twice | CER % | seconds | per megapixel |")
    print("|---|---|---|---|---|---|---|")
    for case in cases(arguments.kinds):
        if arguments.only not in case.name:
            continue
        started = time.process_time()
        page = reader.read(
            PageImage(np.asarray(case.image)),
            Options(engine=arguments.engine, languages=("eng",)),
        )
        seconds = time.process_time() - started
        print(_row(case, [line.text for line in page.lines], page.text, seconds), flush=True)


def cases(kinds: list[str]) -> Iterator[Case]:
    if "tall" in kinds:
        for height in HEIGHTS:
            yield drawn(f"1,080 x {height:,}", 1080, height, 15)
    if "wide" in kinds:
        for width in WIDTHS:
            yield drawn(f"{width:,} x 900", width, 900, 15, columns=width // 1000)
    if "letters" in kinds:
        for letters in LETTERS:
            yield drawn(f"letters of {letters} px", 1600, 1000, letters)
    if "icon" in kinds:
        for width, letters in ((40, 6), (64, 8), (160, 20), (900, 120)):
            yield drawn(f"one word, {width} px wide", width, 3 * letters, letters, words=1)


def drawn(
    name: str, width: int, height: int, letters: int, *, columns: int = 1, words: int = 0
) -> Case:
    """letters: height of lower-case letters in pixels. Columns are to be read in order."""
    chance = random.Random(name)
    font = ImageFont.truetype(FONT, round(letters / X_HEIGHT))
    sheet = Image.new("L", (width, height), 250)
    drawing = ImageDraw.Draw(sheet)
    margin = 0 if words else round(min(2.5 * letters, width / 40))
    lines = []
    for column in range(columns):
        left, room = column * width // columns + margin, width // columns - 3 * margin
        for top in range(margin, height - 3 * letters + 1, round(3.2 * letters)):
            text = _line(chance, font, room, words)
            drawing.text((left, top), text, 25, font)
            lines.append(text)
    return Case(name, sheet, lines)


def _line(chance: random.Random, font: ImageFont.FreeTypeFont, room: int, words: int) -> str:
    if words:
        return max((word for word in WORDS if font.getlength(word) < room), key=len, default="ok")
    text = f"{chance.choice(WORDS)}"
    while font.getlength(longer := f"{text} {chance.choice(WORDS)}") < room:
        text = longer
    return text


def _row(case: Case, read: list[str], text: str, seconds: float) -> str:
    found = Counter(read)
    wanted = Counter(case.lines)
    right = (found & wanted).total()
    twice = sum(max(0, found[line] - wanted[line]) for line in wanted)
    error = score(text, "\n".join(case.lines), metric="cer", unspaced=False).error
    megapixels = case.image.width * case.image.height / 1e6
    return (
        f"| {case.name} | {len(case.lines)} | {right} | {twice} | {100 * error:.2f} "
        f"| {seconds:.2f} | {seconds / megapixels:.2f} |"
    )


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--only", default="", help="pages whose name has this")
    parser.add_argument("--profile", default="full", choices=("full", "small"))
    parser.add_argument(
        "--kinds",
        nargs="*",
        default=["tall", "wide", "letters", "icon"],
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
