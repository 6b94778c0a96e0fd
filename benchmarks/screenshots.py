"""Cost of engine=tesseract on small screenshots, relative to the bare engine's processor time.

python -m benchmarks.screenshots [--rounds 9]

All readers run in this process and take turns; the median counts.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from tesserocr import PyTessBaseAPI

from app.engines.base import EngineConfig
from app.engines.tesseract.tessdata import DEBIAN_TESSDATA
from app.ocr.options import Options
from app.ocr.prepare.light import to_gray
from app.ocr.source.base import PageImage, Pixels
from app.recognition.libraries import configure_libraries
from app.recognition.page_reader import PageReader

from .degradations import WORDS
from .scoring import score

Read = Callable[[Pixels], str]


@dataclass(frozen=True)
class Screen:
    """A screenshot to draw. size: of the font in pixels. ink, paper: colours."""

    size: int
    lines: int
    words: int = 7
    font: str = "DejaVuSans.ttf"
    ink: str = "#111"
    paper: str = "#fff"

    def draw(self) -> tuple[Image.Image, str]:
        chance = random.Random(self.size)
        font = ImageFont.truetype(self.font, self.size)
        rows = [
            " ".join(chance.choice(WORDS) for _ in range(self.words)) for _ in range(self.lines)
        ]
        width = max(round(font.getlength(row)) for row in rows) + 24
        image = Image.new("RGB", (width, round(self.lines * self.size * 1.6) + 24), self.paper)
        for at, row in enumerate(rows):
            place = (12, 12 + round(at * self.size * 1.6))
            ImageDraw.Draw(image).text(place, row, fill=self.ink, font=font)
        return image, "\n".join(rows)


SCREENS = {
    "chat, 3 lines of 16 px": Screen(16, 3),
    "article, 10 lines of 16 px": Screen(16, 10),
    "serif, 6 lines of 24 px": Screen(24, 6, font="DejaVuSerif.ttf"),
    "heading, 2 lines of 40 px": Screen(40, 2),
    "editor, dark, 10 lines of 15 px": Screen(
        15, 10, font="DejaVuSansMono.ttf", ink="#d4d4d4", paper="#1e1e1e"
    ),
    "menu, 15 lines of 13 px": Screen(13, 15, font="LiberationSans-Regular.ttf"),
    "fine print, 10 lines of 11 px": Screen(11, 10, ink="#333", paper="#f4f4f4"),
    "one word of 32 px": Screen(32, 1, words=1),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    readers = {"bare": bare(), "ours": ours(prepare=True), "prepare=false": ours(prepare=False)}
    print("| screenshot | bare ms | ours | prepare=false | CER bare | CER ours |")
    print("|---|---|---|---|---|---|")
    for title, screen in SCREENS.items():
        image, truth = screen.draw()
        pixels = np.asarray(image)
        cpu = take_turns(readers, pixels, rounds)
        errors = [error(readers[name](pixels), truth) for name in ("bare", "ours")]
        cells = [
            f"{1000 * cpu['bare']:.0f}",
            *(f"{cpu[name] / cpu['bare']:.2f}" for name in ("ours", "prepare=false")),
            *(f"{100 * each:.2f}" for each in errors),
        ]
        print(f"| {title} | " + " | ".join(cells) + " |", flush=True)


def take_turns(readers: dict[str, Read], pixels: Pixels, rounds: int) -> dict[str, float]:
    """Median processor seconds of each reader; a first round for warming up does not count."""
    times: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(rounds + 1):
        for name, read in readers.items():
            started = time.process_time()
            read(pixels)
            times[name].append(time.process_time() - started)
    return {name: median(found[1:]) for name, found in times.items()}


def error(text: str, truth: str) -> float:
    return score(text, truth, metric="cer", unspaced=False).error


def bare() -> Read:
    api = PyTessBaseAPI(path=f"{DEBIAN_TESSDATA}/")

    def read(pixels: Pixels) -> str:
        gray = to_gray(pixels)
        height, width = gray.shape
        api.SetImageBytes(gray.tobytes(), width, height, 1, width)
        text: str = api.GetUTF8Text()
        return text

    return read


def ours(*, prepare: bool) -> Read:
    configure_libraries(threads=1)
    reader = PageReader(EngineConfig())
    options = Options(engine="tesseract", languages=("eng",), prepare=prepare)
    return lambda pixels: reader.read(PageImage(pixels), options).text


if __name__ == "__main__":
    main()
