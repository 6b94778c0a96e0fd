"""Sixteen kinds of everyday input made from drawn pages, to measure what harms recognition.

python -m benchmarks.degradations [--pages 2] [--engine auto]
"""

from __future__ import annotations

import argparse
import io
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import mean

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from app.engines.base import EngineConfig
from app.ocr.options import Options

from .readers import OurReader, Reader, read_with_rapidocr, read_with_tesseract
from .scoring import score

WORDS = (
    "the of and payment invoice to in delivery is that was for report it with as his on"
    " number be at by I committee this had not are but from or have an they which one you"
    " were all her she there would their we him been has when who will no more if out so"
    " said what up its about than into them can only other time new some could these two"
    " may first then do any like my now over such our man me even most made after also did"
    " many off before must well back through years where much your way down should because"
    " long each just state those people too little good world"
).split()
FONTS = ("DejaVuSans.ttf", "DejaVuSerif.ttf", "LiberationSans-Regular.ttf")
INK, PAPER = 20, 250


def make_page(seed: int, size: int = 34, lines: int = 18) -> tuple[Image.Image, str]:
    """A page of words, numbers and punctuation, about 60 characters per line, and its text."""
    chance = random.Random(seed)
    font = _font(chance, size)
    text = [_line(chance) for _ in range(lines)]
    width = max(round(font.getlength(line)) for line in text) + 6 * size
    image = Image.new("L", (width, round((lines * 1.5 + 5) * size)), PAPER)
    for at, line in enumerate(text):
        place = (3 * size, round((2.5 + 1.5 * at) * size))
        ImageDraw.Draw(image).text(place, line, fill=INK, font=font)
    return image, "\n".join(text)


def _font(chance: random.Random, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.truetype(chance.choice(FONTS), size)
    except OSError:
        return ImageFont.load_default(size)


def _line(chance: random.Random) -> str:
    words = [chance.choice(WORDS) for _ in range(chance.randint(8, 11))]
    words[chance.randrange(len(words))] = str(chance.randint(10, 9999))
    words[-1] += chance.choice([".", ",", ";", ""])
    return " ".join(words).capitalize()


def clean(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    return page


def screen(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    return page.resize((page.width * 2 // 5, page.height * 2 // 5), Image.Resampling.LANCZOS)


def dark(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    return screen(page, chance).point(lambda value: 255 - value * 0.9)


def mixed(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    small = np.asarray(screen(page, chance)).copy()
    small[: small.shape[0] // 2] = 255 - small[: small.shape[0] // 2]
    return Image.fromarray(small)


def blocky(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    return _through_jpeg(page.resize((page.width // 2, page.height // 2)), 18)


def noisy(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    return _array(np.asarray(page) + chance.normal(0, 45, (page.height, page.width)))


def faint(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    return page.point(lambda value: 190 + value * 0.18)


def phone(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    w, h = page.size
    corners = (-0.03 * w, -0.02 * h, 0.02 * w, 1.03 * h, 1.04 * w, 0.98 * h, 0.97 * w, 0.03 * h)
    bent = page.transform(
        page.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=90
    )
    light = np.linspace(1.0, 0.6, w)[None, :] * np.linspace(1.0, 0.8, h)[:, None]
    shot = _array(np.asarray(bent) * light + chance.normal(0, 4, (h, w)))
    return _through_jpeg(shot.filter(ImageFilter.GaussianBlur(0.8)), 75)


def shadow(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    across = np.linspace(0, 1, page.width)[None, :] + np.linspace(0, 0.4, page.height)[:, None]
    return _array(np.asarray(page) * np.where(across > 0.7, 0.42, 1.0))


def skewed(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    return page.rotate(
        float(chance.uniform(-6, 6)), Image.Resampling.BICUBIC, expand=True, fillcolor=PAPER
    )


def tight(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    box = page.point(lambda value: 255 if value < 128 else 0).getbbox()
    return page.crop(box)


def transparent(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    ink = Image.new("RGBA", page.size, (0, 0, 0, 255))
    ink.putalpha(page.point(lambda value: 255 - value))
    return ink


def turned(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    return page.transpose(Image.Transpose.ROTATE_90)


def upside_down(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    return page.transpose(Image.Transpose.ROTATE_180)


def turned_back(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    return page.transpose(Image.Transpose.ROTATE_270)


def fax(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    return page.resize((page.width * 2 // 3, page.height * 2 // 3)).convert("1")


KINDS: tuple[Callable[[Image.Image, np.random.Generator], Image.Image], ...] = (
    clean, screen, dark, mixed, blocky, noisy, faint, phone, shadow, skewed, tight, transparent,
    turned, upside_down, turned_back, fax,
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2)
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--profile", default="full", choices=("small", "full"))
    arguments = parser.parse_args()
    options, config = Options(engine=arguments.engine), EngineConfig(profile=arguments.profile)
    readers: dict[str, Reader] = {
        "ours": OurReader(options, config),
        "tesseract": read_with_tesseract,
        "rapidocr": read_with_rapidocr,
    }
    print("| kind | " + " | ".join(readers) + " |\n|---|" + "---|" * len(readers))
    errors: dict[str, list[float]] = {name: [] for name in readers}
    for kind in KINDS:
        row = {name: error_of(reader, kind, arguments.pages) for name, reader in readers.items()}
        for name, error in row.items():
            errors[name].append(error)
        print(cells(kind.__name__, row), flush=True)
    print(cells("**mean**", {name: mean(values) for name, values in errors.items()}))


def error_of(reader: Reader, kind: Callable[..., Image.Image], pages: int) -> float:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(pages):
            image, truth = make_page(seed)
            path = Path(folder) / f"{seed}.png"
            kind(image, np.random.default_rng(seed)).save(path)
            read = reader(path, ("eng",))
            found.append(score(read, truth, metric="cer", unspaced=False).error)
    return mean(found)


def cells(title: str, errors: dict[str, float]) -> str:
    return f"| {title} | " + " | ".join(f"{100 * error:.2f}" for error in errors.values()) + " |"


def _array(values: np.ndarray) -> Image.Image:  # type: ignore[type-arg]
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def _through_jpeg(image: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    image.convert("L").save(buffer, "JPEG", quality=quality)
    return Image.open(buffer)


if __name__ == "__main__":
    main()
