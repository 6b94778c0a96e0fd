"""Text layers of PDFs: tricks that hide or garble words, sound pages sent to recognition, cost.

    python -m benchmarks.pdf_text [FOLDER ...]

The first table is about pages drawn here in the ways of several programs: a page is right if its
words are those that a viewer shows. FOLDERs contain digital PDFs with sound text. For these it
prints the share of pages taken for pictures, and the processor time of reading and checking the
text, in milliseconds per page.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

import cv2
import pikepdf
from PIL import Image

from app.engines.base import EngineConfig
from app.ocr.images import PDF, SourceFile
from app.ocr.options import Options
from app.ocr.result import Page
from app.ocr.source import Limits
from app.ocr.source.pdf.document import PdfSource
from app.ocr.source.pdf.glyphs import read_glyphs
from app.ocr.source.pdf.lines import pieces_of_glyphs
from app.ocr.source.pdf.objects import text_objects
from app.ocr.source.pdf.paths import page_graphics
from app.recognition.recognizer import Recognizer
from app.tests.drawing import PROSE, draw_lines
from app.tests.ocr.test_pdf_fields import PRINTED, VALUE, WRITERS
from app.tests.ocr.test_pdf_glyphs import CHINESE, COVERED, chinese, not_embedded
from app.tests.ocr.test_pdf_visibility import FAINT, HIDDEN, SHOWN
from app.tests.pdfs import PdfPage
from app.tests.recognition.test_layer_check import WRONG, prose

SEEN = chinese(150)
HEAD = ("Holm and Berg Carpentry", "14 Quarry Lane Elmstead")


class Case(NamedTuple):
    """A drawn file. words: text that a viewer shows."""

    kind: str
    make: Callable[[], bytes]
    words: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    folders: list[Path] = parser.parse_args().folders
    cv2.setNumThreads(1)
    recognizer = Recognizer(EngineConfig())
    print_kinds(recognizer)
    files = [file for folder in folders for file in sorted(folder.rglob("*.pdf"))]
    if files:
        print_sound(recognizer, files)
        print_cost(files)


def print_kinds(recognizer: Recognizer) -> None:
    right: dict[str, list[bool]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for case in cases():
            path = Path(folder) / "page.pdf"
            path.write_bytes(case.make())
            page = recognizer.recognize(SourceFile(path, PDF), 1, Options())
            right.setdefault(case.kind, []).append(is_right(page, case.words))
    for kind, pages in right.items():
        print(f"{kind:28} {sum(pages):3} of {len(pages):3} pages right")
    every = [page for pages in right.values() for page in pages]
    print(f"{'all':28} {100 * mean(every):5.1f} %")


def is_right(page: Page, words: str) -> bool:
    return sorted(page.text.split()) == sorted(words.split())


def cases() -> Iterator[Case]:
    for make in HIDDEN.values():
        yield Case("hidden words", lambda make=make: make().data(), SHOWN)
    for content in FAINT.values():
        yield Case(
            "faint words", lambda content=content: _faint(content), f"{SHOWN} Dealer price 17.00"
        )
    for content in (SEEN, *COVERED.values()):
        words = f"Packing list {CHINESE.replace(' ', '')}" if content is SEEN else "Packing list"
        yield Case("fonts of the viewer", lambda content=content: _not_embedded(content), words)
    for means in WRONG:
        for base in ("Helvetica", "Times-Roman", "Courier"):
            yield Case("wrong letters", lambda m=means, b=base: _wrong(m, b), " ".join(PROSE))
    for writer in WRITERS.values():
        yield Case("form fields", lambda writer=writer: writer().data(), f"{PRINTED} {VALUE}")
    for place in ("60 700", "200 60", "60 550"):
        yield Case("pictures on the page", lambda at=place: _mixed(at), " ".join((*HEAD, *PROSE)))


def _faint(content: str) -> bytes:
    made = PdfPage().text(SHOWN)
    made.resources.ExtGState.Half = pikepdf.Dictionary(ca=0.5)
    return made.add(content).data()


def _not_embedded(content: str) -> bytes:
    made = not_embedded(PdfPage().text("Packing list")).switched_off("Off")
    return made.picture("Photo", Image.new("RGB", (8, 8), "khaki")).add(content).data()


def _wrong(means: Callable[[str], str], base: str) -> bytes:
    return prose("W", PdfPage().mapped_font("W", base, means)).data()


def _mixed(place: str) -> bytes:
    made = PdfPage((595, 842)).picture("Head", draw_lines(*HEAD, margin=10))
    for at, line in enumerate(PROSE):
        made.text(line, 60, 500 - 20 * at, 12)
    return made.add(f"q 300 0 0 80 {place} cm /Head Do Q").data()


def print_sound(recognizer: Recognizer, files: list[Path]) -> None:
    wrongly = []
    count = 0
    for file in files:
        for number in recognizer.page_numbers(SourceFile(file, PDF), Options()):
            page = recognizer.recognize(SourceFile(file, PDF), number, Options(pdf_text="only"))
            count += 1
            if page.source != "pdf_text":
                wrongly.append(f"{file.name} page {number}: {page.reason}")
    print(f"\n{count} digital pages, {100 * len(wrongly) / count:.1f} % taken for pictures")
    print("\n".join(wrongly))


def print_cost(files: list[Path]) -> None:
    plain, graphics, checked = [], [], []
    for file in files:
        with PdfSource(file, Limits()) as source:
            for number in range(1, source.page_count + 1):
                plain.append(timed(lambda s=source, n=number: read_plainly(s, n)))
                graphics.append(
                    timed(lambda s=source, n=number: page_graphics(s.document[n - 1], 2480, 3508))
                )
                checked.append(timed(lambda s=source, n=number: s.text_layer(n)))
    checks = [
        all_ - text - drawn for all_, text, drawn in zip(checked, plain, graphics, strict=True)
    ]
    for name, times in (
        ("text, not checked", plain), ("rules and pictures", graphics),
        ("all of it, checked", checked), ("so the check", checks),
    ):  # fmt: skip
        slow = sorted(times)[int(0.95 * len(times))]
        print(
            f"{name:20} mean {mean(times):4.0f}  median {median(times):4.0f}  95 % {slow:4.0f} ms"
        )


def read_plainly(source: PdfSource, number: int) -> None:
    page = source.document[number - 1]
    pieces_of_glyphs(list(read_glyphs(page, text_objects(page), 2480, 3508)))


def timed(work: Callable[[], object]) -> float:
    """Processor milliseconds of this process."""
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


if __name__ == "__main__":
    main()
