"""Ten kinds of photographed pages made from drawn pages, to measure what harms recognition.

python -m benchmarks.photos [--pages 2] [--engine paddleocr]

CER in percent, with and without dewarping.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from statistics import mean

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.engines.base import EngineConfig
from app.ocr.options import Options
from app.ocr.prepare.steps import UNCURL
from app.ocr.source.base import Pixels

from .degradations import PAPER, cells, error_of
from .readers import OurReader, Reader, read_with_rapidocr, read_with_tesseract

Chance = np.random.Generator
Floats = NDArray[np.float64]
# Distance of the camera in page widths; at a shorter distance a bulge distorts lines more.
CAMERA = 1.6


def on_wood(page: Image.Image, chance: Chance) -> Image.Image:
    """Seen from 5 to 20 degrees off, on a wooden table."""
    return _shot(_tilted(np.asarray(page), _wood(page, chance), chance), chance)


def on_dark_desk(page: Image.Image, chance: Chance) -> Image.Image:
    return _shot(_tilted(np.asarray(page), _plain(page, 45), chance), chance)


def hand_held_receipt(page: Image.Image, chance: Chance) -> Image.Image:
    """Bent lengthwise in the hand, with a thumb on its edge and a room behind it."""
    bent = _bulged(np.asarray(page), lambda at: 0.06 * np.sin(np.pi * at))
    room = cv2.GaussianBlur(_plain(page, 110) + chance.normal(0, 600, _canvas(page)), (0, 0), 25)
    return _shot(_with_thumb(_tilted(bent, room, chance)), chance)


def curled(page: Image.Image, chance: Chance) -> Image.Image:
    """The right page of an open book, which rises towards the spine on its left."""
    return _shot(_bulged(np.asarray(page), lambda at: 0.16 * np.exp(-4 * at)), chance)


def curled_on_desk(page: Image.Image, chance: Chance) -> Image.Image:
    bent = _bulged(np.asarray(page), lambda at: 0.12 * np.exp(-3 * (1 - at)))
    return _shot(_tilted(bent, _plain(page, 60), chance), chance)


def curled_letter(page: Image.Image, chance: Chance) -> Image.Image:
    """A short text at the top of a tall page."""
    tall = Image.new("L", (page.width, 3 * page.height), PAPER)
    tall.paste(page)
    return curled(tall, chance)


def book_spread(page: Image.Image, chance: Chance) -> Image.Image:
    """An empty left page and ours, both falling into the spine between them, on a black scanner."""
    both = np.full((page.height, 2 * page.width), PAPER, np.uint8)
    both[:, page.width :] = np.asarray(page)
    bent = _bulged(both, lambda at: -0.1 * np.exp(-10 * np.abs(at - 0.5)))
    return _shot(cv2.copyMakeBorder(bent, *(60,) * 4, cv2.BORDER_CONSTANT, value=(6,)), chance)


def bulging(page: Image.Image, chance: Chance) -> Image.Image:
    """A sheet that bulges in the middle."""
    return _shot(_bulged(np.asarray(page), lambda at: 0.1 * np.sin(np.pi * at)), chance)


def copier_frame(page: Image.Image, chance: Chance) -> Image.Image:
    """A page lying askew on a scanner with an open lid."""
    turn = cv2.getRotationMatrix2D((page.width / 2, page.height / 2), chance.uniform(-3, 3), 1.0)
    turn[:, 2] += 0.08 * page.width
    size = round(page.width * 1.16), round(page.height + 0.16 * page.width)
    turned = cv2.warpAffine(np.asarray(page), turn, size, flags=cv2.INTER_CUBIC, borderValue=(8,))
    return _image(turned + chance.normal(0, 3, turned.shape))


def fingers_and_shadow(page: Image.Image, chance: Chance) -> Image.Image:
    across = np.add.outer(np.linspace(0, 0.5, page.height), np.linspace(0, 1, page.width))
    edge = 1 / (1 + np.exp(-(across - 0.8) * 25))
    shadowed = np.asarray(page) * (1.0 - 0.45 * edge)
    return _shot(_with_thumb(shadowed), chance)


PHOTOS: tuple[Callable[[Image.Image, Chance], Image.Image], ...] = (
    on_wood, on_dark_desk, hand_held_receipt, curled, curled_on_desk, curled_letter, book_spread,
    bulging, copier_frame, fingers_and_shadow,
)  # fmt: skip


def _canvas(page: Image.Image) -> tuple[int, int]:
    return round(page.height * 1.3), round(page.width * 1.3)


def _plain(page: Image.Image, level: int) -> Floats:
    return np.full(_canvas(page), float(level))


def _wood(page: Image.Image, chance: Chance) -> Floats:
    """Wooden boards next to each other, with streaks along them."""
    height, width = _canvas(page)
    streaks = cv2.GaussianBlur(chance.normal(0, 60, (height, width)), (0, 0), 40, sigmaY=1.2)
    boards = 12.0 * (np.arange(height)[:, None] // 150 % 2)
    return np.asarray(95 + boards + 4 * streaks, np.float64)


def _tilted(page: Pixels | Floats, background: Floats, chance: Chance) -> Floats:
    """The page on the background, seen from 5 to 20 degrees off and turned by up to 4."""
    height, width = page.shape
    off = np.radians(chance.uniform(5, 20, 2) * chance.choice([-1, 1], 2))
    turn = np.radians(chance.uniform(-4, 4))
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [width / 2, height / 2]
    x, y = corners.T
    x, y = x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)
    distance = 2.2 * max(width, height)
    depth = distance + x * np.sin(off[0]) + y * np.sin(off[1])
    seen = np.stack([x * np.cos(off[0]), y * np.cos(off[1])], 1) * (distance / depth)[:, None]
    seen += np.array(background.shape[::-1]) / 2
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, seen.astype(np.float32))
    size = background.shape[::-1]
    shown = cv2.warpPerspective(page.astype(np.float32), matrix, size, flags=cv2.INTER_CUBIC)
    inside = cv2.warpPerspective(np.ones(page.shape, np.float32), matrix, size)
    return np.asarray(shown * inside + background * (1 - inside), np.float64)


def _bulged(page: Pixels, rise: Callable[[Floats], Floats]) -> Floats:
    """A curved page seen from above its middle. rise: height by place, both in page widths."""
    height, width = page.shape
    at = np.linspace(0, 1, 2000)
    lift = rise(at)
    flat = np.sqrt(np.maximum(np.diff(at) ** 2 - np.diff(lift) ** 2, 1e-9))
    across = np.r_[0.0, np.cumsum(flat)]
    scale = CAMERA / (CAMERA - lift)
    seen = (across - across[-1] / 2) * scale
    columns = np.linspace(seen[0], seen[-1], width)
    place, grow = np.interp(columns, seen, at), np.interp(columns, seen, scale)
    rows = np.arange(height)[:, None] - height / 2
    map_y = rows / grow[None, :] + height / 2
    map_x = np.broadcast_to(place * (width - 1), map_y.shape)
    return np.asarray(
        cv2.remap(
            page.astype(np.float32),
            map_x.astype(np.float32),
            map_y.astype(np.float32),
            cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.float64,
    )


def _with_thumb(page: Floats | Pixels) -> Floats:
    """The page with a thumb over its left edge."""
    shown = np.asarray(page, np.float64).copy()
    height, width = shown.shape
    center, axes = (0, round(height * 0.6)), (round(width * 0.06), round(height * 0.05))
    cv2.ellipse(shown, center, axes, 10, 0, 360, (135.0,), -1)
    return shown


def _shot(page: Floats | Pixels, chance: Chance) -> Image.Image:
    """Effects of a lens and sensor: uneven light, slight blur, noise."""
    height, width = page.shape
    light = np.outer(np.linspace(1.0, 0.85, height), np.linspace(0.75, 1.0, width))
    blurred = cv2.GaussianBlur(page * light, (0, 0), 0.8)
    return _image(blurred + chance.normal(0, 4, page.shape))


def _image(values: Floats) -> Image.Image:
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2)
    parser.add_argument("--engine", default="paddleocr", choices=("paddleocr", "tesseract"))
    arguments = parser.parse_args()
    readers: dict[str, Reader] = {
        "ours": OurReader(Options(engine=arguments.engine), EngineConfig()),
        "not dewarped": reader_without({"dewarp", UNCURL}, arguments.engine),
        "tesseract": read_with_tesseract,
        "rapidocr": read_with_rapidocr,
    }
    print("| kind | " + " | ".join(readers) + " |\n|---|" + "---|" * len(readers))
    rows = []
    for kind in PHOTOS:
        rows.append({n: error_of(read, kind, arguments.pages) for n, read in readers.items()})
        print(cells(kind.__name__, rows[-1]), flush=True)
    print(cells("**mean**", {name: mean(row[name] for row in rows) for name in readers}))


def reader_without(steps: set[str], engine_name: str) -> OurReader:
    reader = OurReader(Options(engine=engine_name), EngineConfig())
    engine = reader.recognizer.reader.strategy(engine_name).engine
    engine.preparation = engine.preparation - steps  # type: ignore[misc]  for the measurement
    return reader


if __name__ == "__main__":
    main()
