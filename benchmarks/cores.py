"""One page on one, two, four … cores: seconds, processor seconds and their ratios to one core.

    python -m benchmarks.cores [--cores 1 2 4] [--rounds 5] [--profile full]

Numbers of cores take turns in one warm process; the median counts. Exits with 1 if a text differs
from that of one core.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np

from app.engines.base import EngineConfig
from app.engines.runtime.cores import use_cores
from app.ocr.options import Options

from .degradations import make_page
from .photos import hand_held_receipt
from .readers import OurReader
from .speed import Measured, cpu_seconds, make_pictures, peak_megabytes

HEADER = "| page | cores | seconds | of one core | CPU seconds | of one core | MB peak |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cores", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", choices=["small", "full"], default="full")
    parser.add_argument("--engine", default="auto")
    arguments = parser.parse_args()
    config = EngineConfig(profile=arguments.profile, cores=max(arguments.cores))
    reader = OurReader(Options(engine=arguments.engine), config)
    print(f"{HEADER}\n|---|---|---|---|---|---|---|")
    alike = True
    with tempfile.TemporaryDirectory() as folder:
        for title, path in pages(Path(folder)).items():
            alike &= compare(reader, title, path, arguments.cores, arguments.rounds)
    return 0 if alike else 1


def pages(folder: Path) -> dict[str, Path]:
    receipt, _ = make_page(5, size=30, lines=24)
    path = folder / "receipt.jpg"
    hand_held_receipt(receipt, np.random.default_rng(5)).save(path)
    return {**make_pictures(folder, 0), "receipt": path}


def compare(reader: OurReader, title: str, path: Path, cores: list[int], rounds: int) -> bool:
    """Prints a row for each number of cores. Returns whether all texts are equal."""
    texts: set[str] = set()
    found: dict[int, list[Measured]] = {count: [] for count in cores}
    reader(path, ("eng",))
    for _ in range(rounds):
        for count in cores:
            started, cpu = time.perf_counter(), cpu_seconds()
            with use_cores(count):
                texts.add(reader(path, ("eng",)))
            seconds = time.perf_counter() - started
            found[count].append(Measured(seconds, cpu_seconds() - cpu, peak_megabytes()))
    first = found[cores[0]]
    for count, each in found.items():
        seconds, cpu = (median(getattr(one, name) for one in each) for name in ("seconds", "cpu"))
        of_one = seconds / median(one.seconds for one in first)
        cpu_of_one = cpu / median(one.cpu for one in first)
        cells = f"{seconds:.3f} | {of_one:.2f} | {cpu:.3f} | {cpu_of_one:.2f}"
        print(f"| {title} | {count} | {cells} | {each[-1].megabytes} |", flush=True)
    return len(texts) == 1


if __name__ == "__main__":
    sys.exit(main())
