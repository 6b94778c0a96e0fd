"""Figures found and falsely found on drawn pages, in PDFs or in pictures of them.

    python -m benchmarks.figures [--pages 20] [--first 0] [--source pdf|picture]

Pages of text, tables and lists have no figures; the others have a photo, a photo in strips, a line
chart, a bar chart or a diagram of circles between two paragraphs. picture: the page at 150 dpi,
with noise and JPEG artifacts, but with the PDF's words. A figure is found if the boxes'
intersection is at least half of their union.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from app.ocr.images import PDF
from app.ocr.layout import layout
from app.ocr.layout.figures.find import figures_in_picture, find_figures
from app.ocr.prepare.graphics import graphics_of_picture
from app.ocr.result import Bbox
from app.ocr.source import Limits, open_source
from app.ocr.source.base import Pixels
from app.ocr.source.text_layer import TextLayer

from .figure_pages import FIGURES, figure_page
from .structure_sources import pdf_of
from .structured_pages import PAGES

SAME = 0.5
NOISE, QUALITY = 6, 60
SOURCES = ("pdf", "picture")


def main() -> None:
    arguments = _parse()
    find = find_in_pdf if arguments.source == "pdf" else find_in_picture
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    milliseconds = []
    for kind in (*FIGURES, *PAGES):
        for seed in range(arguments.first, arguments.first + arguments.pages):
            data, truth = page(kind, random.Random(f"{kind}{seed}"))
            with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
                file.write(data)
                file.flush()
                found, took, scale = find(Path(file.name), random.Random(seed))
            milliseconds.append(1000 * took)
            boxes = [Bbox(*(round(side * scale) for side in box)) for box in truth]
            hits = sum(any(overlap(box, other) >= SAME for other in found) for box in boxes)
            for at, count in enumerate((len(boxes), hits, max(0, len(found) - hits))):
                counts[kind][at] += count
    for kind, (wanted, hits, false) in counts.items():
        print(f"{kind:12} {arguments.pages} pages: {hits} of {wanted} found, {false} false")
    print(f"{np.mean(milliseconds):.2f} ms of processor time for a page")


def page(kind: str, chance: random.Random) -> tuple[bytes, list[Bbox]]:
    """A PDF of one page, and the boxes of its figures in pixels at 150 dpi."""
    if kind in FIGURES:
        return figure_page(kind, chance)
    sheet = PAGES[kind](chance)
    return pdf_of(sheet), list(sheet.pictures)


def find_in_pdf(path: Path, chance: random.Random) -> tuple[tuple[Bbox, ...], float, float]:
    """Boxes of figures, processor seconds, and scale of the boxes relative to 150 dpi."""
    layer, _ = _opened(path)
    blocks = layout(layer.elements)
    started = time.process_time()
    found = find_figures(layer.elements, blocks)
    return found, time.process_time() - started, layer.dpi / 150


def find_in_picture(path: Path, chance: random.Random) -> tuple[tuple[Bbox, ...], float, float]:
    layer, pixels = _opened(path)
    shown = _degraded(pixels, chance)
    rules, fills, pictures = graphics_of_picture(shown)
    elements = replace(layer.elements, rules=rules, fills=fills, pictures=pictures)
    blocks = layout(elements)
    started = time.process_time()
    found = figures_in_picture(shown, elements, blocks)
    return found, time.process_time() - started, layer.dpi / 150


def _opened(path: Path) -> tuple[TextLayer, Pixels]:
    with open_source(path, PDF, Limits(), "") as source:
        layer = source.text_layer(1)
        assert layer is not None
        return layer, source.page_image(1).pixels


def _degraded(pixels: Pixels, chance: random.Random) -> Pixels:
    """The picture reduced to 150 dpi, with noise and JPEG artifacts, in its original size."""
    height, width = pixels.shape[:2]
    small = cv2.resize(pixels, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    noise = np.random.default_rng(chance.randrange(1 << 30)).normal(0, NOISE, small.shape)
    noisy = np.asarray((small + noise).clip(0, 255), np.uint8)
    _, data = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    shown = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return np.asarray(cv2.resize(shown, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def overlap(one: Bbox, other: Bbox) -> float:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    common = max(0, across) * max(0, down)
    return common / (one.width * one.height + other.width * other.height - common)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--source", choices=SOURCES, default="pdf")
    return parser.parse_args()


if __name__ == "__main__":
    main()
