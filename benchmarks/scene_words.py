"""Pictures of single words, as on street signs, labels and buttons: ours against the others.

    python -m benchmarks.scene_words --fonts FOLDER [--words 60] [--language eng]

CER in percent by kind. Each word is drawn in a random typeface and colours.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from app.engines.base import EngineConfig
from app.ocr.options import Options

from .degradations import cells
from .readers import OurReader, Reader, read_with_rapidocr, read_with_tesseract
from .scoring import score

TEXTS = (
    "Optik, No.17, BÄCKEREI, Open, EXIT, Café, Sale, 50%, Hotel, Taxi, Room 204, PUSH, "
    "Bahnhof, 24h, Post, Kiosk, Libreria, Zimmer, Pizza, Ausgang, Apotheke, STOP, Metro, "
    "£3.99, km 12, Market St, WC, Boulangerie, Friseur, Parking, A40, Tel. 4711, Museum, H&M, "
    "Sushi Bar, Menu, Est. 1898, Fire door, Save, Cancel, Log in, Inbox (3), Gate B12, "
    "Platform 9, Rue Monge, Via Roma, No entry, Danger, Private, Books, Wi-Fi, CLOSED, "
    "Blumen, Tickets, Toys, Bar, Reifen, Uhren, Salon, Mind the gap"
).split(", ")
FONT_NAMES = ("*.ttf", "*.otf")
Colour = tuple[int, int, int]


def words(fonts: list[Path], count: int, seed: int) -> Iterator[tuple[str, str, Image.Image]]:
    """Kind, text and picture of each word."""
    for at in range(count):
        chance = random.Random(seed * 1000 + at)
        kind = KINDS[at % len(KINDS)]
        text = TEXTS[(at + 7 * seed) % len(TEXTS)]
        font = font_for(text, fonts, chance)
        yield kind.__name__, text, kind(text, font, chance)


def font_for(text: str, fonts: list[Path], chance: random.Random) -> Path:
    """A random font that has a distinct glyph for each letter. Raises ValueError for none."""
    for path in chance.sample(fonts, len(fonts)):
        if has_glyphs(path, text):
            return path
    raise ValueError(f"no font has the letters of {text}")


def has_glyphs(path: Path, text: str) -> bool:
    try:
        font = ImageFont.truetype(str(path), 40)
        missing = bytes(font.getmask("\uffff"))
        masks = [bytes(font.getmask(letter)) for letter in set(text) - {" "}]
    except OSError:
        return False
    return all(any(mask) and mask != missing for mask in masks) and len(set(masks)) == len(masks)


def drawn(
    text: str,
    path: Path,
    chance: random.Random,
    size: int,
    *,
    dark: bool = False,
    margin: float = 0.3,
) -> Image.Image:
    """The word in its colours. margin: as a part of the font size."""
    font = ImageFont.truetype(str(path), size)
    left, top, right, bottom = font.getbbox(text)
    room = round(margin * size)
    ink, ground = colours(chance, dark=dark)
    image = Image.new(
        "RGB", (round(right - left) + 2 * room, round(bottom - top) + 2 * room), ground
    )
    ImageDraw.Draw(image).text((room - left, room - top), text, fill=ink, font=font)
    return image


def colours(chance: random.Random, *, dark: bool) -> tuple[Colour, Colour]:
    """Ink and background. dark: swap them."""
    low, high = _colour(chance, 0, 80), _colour(chance, 170, 255)
    return (high, low) if dark else (low, high)


def _colour(chance: random.Random, low: int, high: int) -> Colour:
    return chance.randint(low, high), chance.randint(low, high), chance.randint(low, high)


def plain(text: str, font: Path, chance: random.Random) -> Image.Image:
    return drawn(text, font, chance, chance.randint(28, 70))


def light_on_dark(text: str, font: Path, chance: random.Random) -> Image.Image:
    return drawn(text, font, chance, chance.randint(28, 70), dark=True)


def tight(text: str, font: Path, chance: random.Random) -> Image.Image:
    return drawn(
        text, font, chance, chance.randint(28, 60), dark=chance.random() < 0.5, margin=0.04
    )


def small(text: str, font: Path, chance: random.Random) -> Image.Image:
    """12 to 20 pixels high, as if reduced by a camera."""
    image = drawn(text, font, chance, 80, dark=chance.random() < 0.5, margin=0.15)
    height = chance.randint(12, 20)
    width = max(8, round(image.width * height / image.height))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def textured(text: str, font: Path, chance: random.Random) -> Image.Image:
    image = drawn(
        text, font, chance, chance.randint(30, 60), dark=chance.random() < 0.5, margin=0.5
    )
    noise = np.random.default_rng(chance.randrange(10**6))
    coarse = Image.fromarray(noise.integers(0, 90, (6, 14, 3)).astype(np.uint8)).resize(image.size)
    values = (
        np.asarray(image, float) * 0.75
        + np.asarray(coarse)
        + noise.normal(0, 9, (*image.size[::-1], 3))
    )
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(0.9)
    )


def slanted(text: str, font: Path, chance: random.Random) -> Image.Image:
    """Seen from the side: narrower and lower at one end."""
    image = drawn(
        text, font, chance, chance.randint(40, 70), dark=chance.random() < 0.5, margin=0.4
    )
    width, height = image.size
    rise, squeeze = chance.uniform(-0.3, 0.3) * height, chance.uniform(0.0, 0.22) * height
    up, down = max(0.0, rise), max(0.0, -rise)
    quad = (0, -up, 0, height + down, width, height + squeeze + up, width, -squeeze - down)
    ground, how = image.getpixel((1, 1)), Image.Resampling.BICUBIC
    return image.transform(image.size, Image.Transform.QUAD, quad, how, fillcolor=ground)


def tilted(text: str, font: Path, chance: random.Random) -> Image.Image:
    image = drawn(text, font, chance, chance.randint(30, 60), dark=chance.random() < 0.5)
    ground, how = image.getpixel((1, 1)), Image.Resampling.BICUBIC
    return image.rotate(chance.uniform(-20, 20), how, expand=True, fillcolor=ground)


def sideways(text: str, font: Path, chance: random.Random) -> Image.Image:
    """A sign whose line runs up or down."""
    image = drawn(text, font, chance, chance.randint(30, 60), dark=chance.random() < 0.5)
    turn = chance.choice([Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270])
    return image.transpose(turn)


def stacked(text: str, font: Path, chance: random.Random) -> Image.Image:
    """A sign of upright letters one below the other."""
    size = chance.randint(30, 50)
    face, letters = ImageFont.truetype(str(font), size), text.replace(" ", "")
    ink, ground = colours(chance, dark=chance.random() < 0.5)
    image = Image.new("RGB", (2 * size, round((1.15 * len(letters) + 1) * size)), ground)
    for at, letter in enumerate(letters):
        place = (size, round((1.15 * at + 1) * size))
        ImageDraw.Draw(image).text(place, letter, fill=ink, font=face, anchor="mm")
    return image


def on_a_wall(text: str, font: Path, chance: random.Random) -> Image.Image:
    """A sign that covers a small part of a large picture."""
    sign = slanted(text, font, chance)
    noise = np.random.default_rng(chance.randrange(10**6))
    wall = Image.fromarray(noise.integers(40, 200, (5, 7, 3)).astype(np.uint8)).resize((900, 650))
    wall.paste(sign, (chance.randint(50, max(51, 850 - sign.width)), chance.randint(50, 500)))
    return _with_grain(np.asarray(wall, float), noise, 6)


def _with_grain(values: Any, noise: np.random.Generator, spread: float) -> Image.Image:
    grained = values + noise.normal(0, spread, values.shape)
    return Image.fromarray(np.clip(grained, 0, 255).astype(np.uint8))


Kind = Callable[[str, Path, random.Random], Image.Image]
KINDS: tuple[Kind, ...] = (
    plain,
    light_on_dark,
    tight,
    small,
    textured,
    slanted,
    tilted,
    sideways,
    stacked,
    on_a_wall,
)


def main() -> None:
    arguments = _parse()
    languages = tuple(filter(None, arguments.language.split("+")))
    readers: dict[str, Reader] = {
        "ours": OurReader(Options(), EngineConfig()),
        "tesseract": lambda path, languages: read_with_tesseract(path, languages or ("eng",)),
        "rapidocr": read_with_rapidocr,
    }
    readers = {name: readers[name] for name in arguments.readers}
    fonts = sorted(path for name in FONT_NAMES for path in arguments.fonts.rglob(name))
    errors: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with tempfile.TemporaryDirectory() as folder:
        for at, (kind, text, image) in enumerate(words(fonts, arguments.words, arguments.seed)):
            path = (arguments.keep or Path(folder)) / f"{at}-{kind}.png"
            image.save(path)
            texts = {name: reader(path, languages) for name, reader in readers.items()}
            for name, read in texts.items():
                error = _error(read, text, stacked=kind == "stacked")
                errors[kind][name].append(error)
            if arguments.verbose:
                print(path.name, repr(text), texts, flush=True)
    _print(errors, tuple(readers))


def _error(read: str, text: str, *, stacked: bool) -> float:
    """CER. Stacked letters may be recognized as separate lines."""
    return score(read, text, metric="cer", unspaced=stacked).error


def _print(errors: dict[str, dict[str, list[float]]], names: tuple[str, ...]) -> None:
    print("| kind | " + " | ".join(names) + " |\n|---|" + "---|" * len(names))
    for kind, found in errors.items():
        print(cells(kind, {name: fmean(found[name]) for name in names}))
    every = {name: fmean(chain(*(found[name] for found in errors.values()))) for name in names}
    print(cells("**all**", every))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, required=True)
    parser.add_argument("--words", type=int, default=60)
    parser.add_argument("--language", default="eng", help="empty: none given")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the pictures")
    parser.add_argument("--readers", nargs="*", default=["ours", "tesseract", "rapidocr"])
    parser.add_argument("--verbose", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
