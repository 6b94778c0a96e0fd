"""Effect of a document's length: time of a page near its start and end, and memory.

    python -m benchmarks.long_documents [--pages 20 200 2000] [--measured 20]

One recognizing process reads drawn PDFs with a text layer page by page, as for a worker.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.engines.base import EngineConfig
from app.ocr.images import PDF, SourceFile
from app.ocr.options import Options
from app.worker.process import ProcessConfig, RecognizerProcess

RECOGNIZER = "app.recognition.recognizer.Recognizer"
LINES = 45
SENTENCE = "Line {} of page {}: the quick brown fox jumps over the lazy dog and runs."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[20, 200, 2000])
    parser.add_argument("--measured", type=int, default=20, help="pages at each end")
    arguments = parser.parse_args()
    print("| pages | file MB | count ms | page ms, first | page ms, last | process MB |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for pages in arguments.pages:
            print(measure(Path(folder), pages, arguments.measured), flush=True)


def measure(folder: Path, pages: int, measured: int) -> str:
    """The row for a document of that many pages."""
    path = draw(folder / f"{pages}.pdf", pages)
    config = EngineConfig(max_pages=pages)
    process = RecognizerProcess(ProcessConfig(config, RECOGNIZER, 120, 4096))
    try:
        file = SourceFile(path, PDF)
        process.recognize(file, 1, Options())  # loads what it needs
        counting = seconds(lambda: process.page_numbers(file, Options()))
        first, last = (
            median(seconds(partial(process.recognize, file, each, Options())) for each in numbers)
            for numbers in (range(1, measured + 1), range(pages - measured + 1, pages + 1))
        )
        times = f"{1000 * counting:.1f} | {1000 * first:.1f} | {1000 * last:.1f}"
        return f"| {pages} | {path.stat().st_size / 1e6:.1f} | {times} | {peak(process)} |"
    finally:
        process.kill()


def draw(path: Path, pages: int) -> Path:
    canvas = Canvas(str(path), pagesize=A4)
    for page in range(1, pages + 1):
        for line in range(1, LINES + 1):
            canvas.drawString(60, 800 - 17 * line, SENTENCE.format(line, page))
        canvas.showPage()
    canvas.save()
    return path


def seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def peak(process: RecognizerProcess) -> int:
    """Peak memory of the process in MB."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


if __name__ == "__main__":
    main()
