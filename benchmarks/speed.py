"""Seconds and memory: ours (warm) against bare tesserocr and pytesseract, side by side in one run.

    python -m benchmarks.speed [--rounds 5] [--pdf-pages 20] [--openmp]

Every reader runs in its own process, the readers take turns, and the median counts. All processes
keep memory between allocations as the site's recognizing processes do. --openmp adds pytesseract as
installed, with Tesseract's four threads.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from PIL import Image

from app.sandbox.limits import MEMORY

from .degradations import make_page, phone

Read = Callable[[Path], object]
HEADER = "| reader | seconds | CPU seconds | of bare | MB peak |\n|---|---|---|---|---|"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pdf-pages", type=int, default=20)
    parser.add_argument("--openmp", action="store_true")
    arguments = parser.parse_args()
    os.environ.update(MEMORY)
    names = [name for name in READERS if arguments.openmp or name != "pytesseract, OpenMP"]
    with tempfile.TemporaryDirectory() as folder:
        pictures = make_pictures(Path(folder), arguments.pdf_pages)
        for title, path in pictures.items():
            rounds = 1 if path.suffix == ".pdf" else arguments.rounds
            print(f"\n{title}\n\n{HEADER}")
            print_rows(compare(names, path, rounds, warm_up=pictures["small screenshot"]))


@dataclass(frozen=True)
class Measured:
    """cpu: processor seconds, including child processes; reliable even on a busy machine."""

    seconds: float
    cpu: float
    megabytes: int


def compare(names: list[str], path: Path, rounds: int, *, warm_up: Path) -> dict[str, Measured]:
    """Medians by reader. Each has its own process, which reads warm_up first."""
    context = multiprocessing.get_context("spawn")
    pipes: dict[str, Connection] = {}
    processes = []
    for name in names:
        pipes[name], far = context.Pipe()
        what = name, warm_up, path, far
        processes.append(context.Process(target=serve, args=what, daemon=True))
        processes[-1].start()
        pipes[name].recv()
    times: dict[str, list[Measured]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            pipes[name].send(True)
            times[name].append(pipes[name].recv())
    for name, process in zip(names, processes, strict=True):
        pipes[name].send(False)
        process.join()
    return {
        name: Measured(
            median(each.seconds for each in found),
            median(each.cpu for each in found),
            found[-1].megabytes,
        )
        for name, found in times.items()
    }


def serve(name: str, warm_up: Path, path: Path, pipe: Connection) -> None:
    read = READERS[name]()
    read(warm_up)
    pipe.send("ready")
    while pipe.recv():
        started, cpu = time.perf_counter(), cpu_seconds()
        read(path)
        pipe.send(Measured(time.perf_counter() - started, cpu_seconds() - cpu, peak_megabytes()))


def print_rows(found: dict[str, Measured]) -> None:
    bare = found["bare tesserocr"].cpu
    for name, each in found.items():
        times = f"{each.seconds:.3f} | {each.cpu:.3f} | {each.cpu / bare:.2f}"
        print(f"| {name} | {times} | {each.megabytes} |", flush=True)


def make_pictures(folder: Path, pdf_pages: int) -> dict[str, Path]:
    import numpy as np

    page, _ = make_page(1, size=42, lines=50)
    a4 = page.resize((2480, 3508), Image.Resampling.LANCZOS)
    small, _ = make_page(2, size=16, lines=3)
    photo = phone(page.resize((3000, 4000)), np.random.default_rng(3))
    paths = {
        "small screenshot": folder / "small.png",
        "A4 at 300 dpi": folder / "a4.png",
        "12-megapixel photo": folder / "photo.jpg",
    }
    for picture, path in zip((small, a4, photo), paths.values(), strict=True):
        picture.save(path)
    if pdf_pages:
        paths[f"scanned PDF of {pdf_pages} pages"] = folder / "scan.pdf"
        rest = [a4] * (pdf_pages - 1)
        a4.save(folder / "scan.pdf", resolution=300, save_all=True, append_images=rest)
    return paths


def _ours(engine: str, profile: str = "full", *, prepare: bool = True) -> Read:
    from app.engines.base import EngineConfig
    from app.ocr.options import Options

    from .readers import OurReader

    reader = OurReader(Options(engine=engine, prepare=prepare), EngineConfig(profile=profile))
    return lambda path: reader(path, ("eng",))


def _bare() -> Read:
    from tesserocr import PyTessBaseAPI

    from app.engines.tesseract.tessdata import DEBIAN_TESSDATA
    from app.ocr.prepare.light import to_gray

    from .readers import plain_pictures

    api = PyTessBaseAPI(path=f"{DEBIAN_TESSDATA}/")

    def read(path: Path) -> None:
        for pixels in map(to_gray, plain_pictures(path)):
            height, width = pixels.shape
            api.SetImageBytes(pixels.tobytes(), width, height, 1, width)
            api.GetTSVText(0)

    return read


def _program(threads: str | None) -> Read:
    from .readers import read_with_tesseract

    os.environ.pop("OMP_THREAD_LIMIT", None)
    if threads:
        os.environ["OMP_THREAD_LIMIT"] = threads
    return lambda path: read_with_tesseract(path, ("eng",))


def cpu_seconds() -> float:
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def peak_megabytes() -> int:
    """Peak memory in MB of this process plus the largest child process."""
    status = Path("/proc/self/status").read_text()
    own = next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]
    return (int(own) + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024


READERS: dict[str, Callable[[], Read]] = {
    "bare tesserocr": _bare,
    "ours, tesseract": lambda: _ours("tesseract"),
    "ours, tesseract, prepare=false": lambda: _ours("tesseract", prepare=False),
    "ours, auto": lambda: _ours("auto"),
    "ours, auto, small profile": lambda: _ours("auto", "small"),
    "pytesseract, one thread": lambda: _program("1"),
    "pytesseract, OpenMP": lambda: _program(None),
}

if __name__ == "__main__":
    main()
