"""A day's mail to draw: receipts, letters, photos of pages and scanned PDFs, with their text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from .degradations import make_page
from .photos import hand_held_receipt, on_wood

A4 = (2480, 3508)  # at 300 dpi
PDF_PAGES = 2


@dataclass(frozen=True)
class Document:
    """truths: the text of each page."""

    path: Path
    truths: tuple[str, ...]

    @property
    def truth(self) -> str:
        return "\n".join(self.truths)


def make_documents(folder: Path, pages: int) -> list[Document]:
    """Documents; out of ten pages, three are receipts, three letters, two photos, two a PDF."""
    kinds = [_receipt, _letter, _photo, _letter, _receipt, _pdf, _receipt, _letter, _photo]
    found: list[Document] = []
    left = pages
    for number in range(pages):
        if left <= 0:
            break
        document = kinds[number % len(kinds)](folder, number)
        found.append(document)
        left -= len(document.truths)
    return found


def _receipt(folder: Path, seed: int) -> Document:
    page, text = make_page(seed, size=30, lines=24)
    path = folder / f"{seed:03}-receipt.jpg"
    hand_held_receipt(page, np.random.default_rng(seed)).convert("RGB").save(path, quality=88)
    return Document(path, (text,))


def _letter(folder: Path, seed: int) -> Document:
    page, text = _sheet(seed)
    path = folder / f"{seed:03}-letter.png"
    page.save(path, dpi=(300, 300))
    return Document(path, (text,))


def _photo(folder: Path, seed: int) -> Document:
    page, text = make_page(seed, size=60, lines=26)
    path = folder / f"{seed:03}-photo.jpg"
    on_wood(page, np.random.default_rng(seed)).convert("RGB").save(path, quality=88)
    return Document(path, (text,))


def _pdf(folder: Path, seed: int) -> Document:
    sheets = list(_sheets(seed))
    path = folder / f"{seed:03}-scan.pdf"
    first, *rest = [page for page, _ in sheets]
    first.save(path, resolution=300, save_all=True, append_images=rest)
    return Document(path, tuple(text for _, text in sheets))


def _sheets(seed: int) -> Iterator[tuple[Image.Image, str]]:
    return (_sheet(1000 * (number + 1) + seed) for number in range(PDF_PAGES))


def _sheet(seed: int) -> tuple[Image.Image, str]:
    """A scanned letter: straight, with a little grain."""
    page, text = make_page(seed, size=42, lines=40)
    pixels = np.asarray(page.resize(A4, Image.Resampling.LANCZOS), np.float32)
    grain = np.random.default_rng(seed).normal(0, 3, pixels.shape)
    return Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8)), text
