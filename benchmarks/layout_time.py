"""Time of the layout of digital pages, its tables and what it needs from the PDF.

    python -m benchmarks.layout_time FOLDER ... [--runs 3] [--most 10] [--slowest 20]

Reads digital PDFs, and of long ones a sample of pages. Prints processor milliseconds of each step,
the least of several runs: all of the layout, its tables by themselves, and reading the paths of
the page; then the slowest pages.
"""

from __future__ import annotations

import argparse
import gc
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from app.ocr.errors import OcrError
from app.ocr.layout import layout
from app.ocr.layout.elements import PageElements
from app.ocr.layout.tables import find_tables
from app.ocr.source import Limits
from app.ocr.source.pdf.document import PdfSource
from app.ocr.source.pdf.paths import page_graphics

BAR = 40
# Pages with fewer words are covers.
LEAST_WORDS = 20


@dataclass(frozen=True, slots=True)
class PageTime:
    """Milliseconds of each step."""

    name: str
    elements: PageElements
    layout: float
    tables: float
    paths: float

    @property
    def words(self) -> int:
        return words_of(self.elements)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--most", type=int, default=10, help="pages of one file")
    parser.add_argument("--slowest", type=int, default=20, help="pages to list")
    arguments = parser.parse_args()
    files = [file for folder in arguments.folders for file in sorted(folder.rglob("*.pdf"))]
    pages = [
        page
        for file in files
        for page in timed_pages(file, runs=arguments.runs, most=arguments.most)
    ]
    print("| step | median | mean | slowest |\n|---|---|---|---|")
    for step in ("layout", "tables", "paths"):
        times = [getattr(page, step) for page in pages]
        print(f"| {step} | {median(times):.1f} | {mean(times):.1f} | {max(times):.0f} |")
    over = sum(page.layout > BAR for page in pages)
    print(f"\n{len(pages)} pages, {over} with more than {BAR} ms of layout\n")
    for page in sorted(pages, key=lambda page: -page.layout)[: arguments.slowest]:
        print(
            f"{page.layout:6.1f} ms, tables {page.tables:5.1f}, paths {page.paths:5.1f}, "
            f"{page.words} words, {len(page.elements.rules)} rules: {page.name}"
        )


def timed_pages(file: Path, *, runs: int, most: int) -> Iterator[PageTime]:
    """Pages with sound text. Files that cannot be opened have none."""
    try:
        source = PdfSource(file, Limits())
    except OcrError:
        return
    with source:
        count = source.page_count
        for number in sorted(random.Random(0).sample(range(1, count + 1), min(count, most))):
            try:
                layer = source.text_layer(number)
            except OcrError:
                continue
            if layer is None or layer.flaw or words_of(layer.elements) < LEAST_WORDS:
                continue
            elements, page = layer.elements, source.document[number - 1]
            size = elements.width, elements.height
            yield PageTime(
                f"{file.name} page {number}",
                elements,
                least(runs, lambda elements=elements: layout(elements)),
                least(runs, lambda elements=elements: find_tables(elements)),
                least(runs, lambda page=page, size=size: page_graphics(page, *size)),
            )


def least(runs: int, work: Callable[[], object]) -> float:
    """The least processor milliseconds of several runs."""
    gc.collect()
    times = []
    for _ in range(runs):
        started = time.process_time()
        work()
        times.append(1000 * (time.process_time() - started))
    return min(times)


def words_of(elements: PageElements) -> int:
    return sum(len(piece.words) for piece in elements.pieces)


if __name__ == "__main__":
    main()
