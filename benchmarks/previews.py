"""Cost of a page's previews: made from pixels in memory, and from the file again.

    python -m benchmarks.previews

CPU seconds of recognition in one process without a worker; medians of three.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PIL import Image, ImageDraw, ImageFont

from app.engines.base import EngineConfig
from app.ocr.images import SourceFile
from app.ocr.options import Options
from app.recognition.recognizer import Recognizer

T = TypeVar("T")
ROUNDS = 3
SENTENCE = "The quick brown fox jumps over the lazy dog and reads page 1234."
# Name: file name, media type, width, height, font size.
PAGES = {
    "A4, 300 dpi": ("a4.png", "image/png", 2480, 3508, 50),
    "12-megapixel photo": ("photo.jpg", "image/jpeg", 3024, 4032, 64),
    "screenshot": ("screen.png", "image/png", 800, 300, 22),
    "chat, 900 x 9000": ("chat.png", "image/png", 900, 9000, 28),
}


def main() -> None:
    recognizer = Recognizer(EngineConfig())
    print("| page | reading s | its pictures s | pictures from the file s | more CPU |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, (file_name, media_type, width, height, letters) in PAGES.items():
            path = Path(folder, file_name)
            drawn(width, height, letters).save(path)
            print(f"| {name} | {row(recognizer, SourceFile(path, media_type))} |", flush=True)


def row(recognizer: Recognizer, file: SourceFile) -> str:
    recognizer.recognize(file, 1, Options())  # loads the models
    reading, same_pixels, again = [], [], []
    for _ in range(ROUNDS):
        seconds, page = timed(partial(recognizer.recognize, file, 1, Options()))
        reading.append(seconds)
        size = page.width, page.height
        draw = partial(recognizer.previews, file, 1, rotation=page.rotation, size=size)
        same_pixels.append(timed(draw)[0])
        again.append(timed(draw)[0])
    numbers = [statistics.median(each) for each in (reading, same_pixels, again)]
    share = numbers[1] / numbers[0]
    return " | ".join([*(f"{seconds:.3f}" for seconds in numbers), f"{100 * share:.1f} %"])


def timed(action: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds of the action, and its result."""
    began = time.process_time()
    result = action()
    return time.process_time() - began, result


def drawn(width: int, height: int, letters: int) -> Image.Image:
    image = Image.new("RGB", (width, height), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(letters)
    for top in range(letters, height - 2 * letters, 2 * letters):
        draw.text((letters, top), SENTENCE[: int(1.6 * width / letters)], "black", font)
    return image


if __name__ == "__main__":
    main()
