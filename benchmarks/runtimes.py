"""The networks' runtimes on a corpus: pages a second, processor time, error, and same texts.

    python -m benchmarks.runtimes --corpus FOLDER [--runtimes onnxruntime cuda] [--slots 1 4]

Each row is a pool of fresh processes, as many as a worker has slots, on one core each; every
process reads one document before the clock starts. With --passes the corpus is read so often, and
the last time counts, as a GPU needs long for the first picture of each size. A text is the same if
it equals that of the first row. The GPU's memory is the highest that nvidia-smi reports while a row
is measured.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from app.engines.base import EngineConfig
from app.ocr.options import Options

from .corpus import Item, read_corpus
from .readers import OurReader
from .scoring import score
from .speed import cpu_seconds

HEADER = "| runtime | slots | pages | pages/s | processor s a page | error % | same text | GPU MB |"
SAMPLED_EVERY = 0.2  # seconds


class Reading(NamedTuple):
    text: str
    pages: int
    processor: float


def main() -> None:
    arguments = _parse()
    items = [item for item in read_corpus(arguments.corpus) if arguments.only in str(item.path)]
    print(f"{HEADER}\n|{'---|' * 8}")
    first: list[str] = []
    for runtime in arguments.runtimes:
        for slots in arguments.slots:
            with _gpu_megabytes() as used:
                readings, seconds = read_all(
                    runtime, slots, arguments.engine, items, arguments.passes
                )
            texts = [reading.text for reading in readings]
            first = first or texts
            print(_row(runtime, slots, items, readings, seconds, first, max(used)), flush=True)
            if arguments.verbose:
                _print_differences(items, texts, first)


def read_all(
    runtime: str, slots: int, engine: str, items: list[Item], passes: int
) -> tuple[list[Reading], float]:
    """Reading of each item, and the seconds that all of them took."""
    context = get_context("spawn")
    ready = context.Barrier(slots + 1)
    start = (runtime, engine, items[0], ready)
    with ProcessPoolExecutor(slots, context, initializer=_warm_up, initargs=start) as pool:
        read = partial(_read, runtime, engine)
        readings = pool.map(read, items)
        ready.wait()
        for _ in range(passes - 1):
            list(readings)
            readings = pool.map(read, items)
        started = time.perf_counter()
        return list(readings), time.perf_counter() - started


def _warm_up(runtime: str, engine: str, item: Item, ready: threading.Barrier) -> None:
    _read(runtime, engine, item)
    ready.wait()


def _read(runtime: str, engine: str, item: Item) -> Reading:
    reader = _reader(runtime, engine)
    before = cpu_seconds()
    text = reader(item.path, item.languages)
    return Reading(text, len(reader.pages), cpu_seconds() - before)


@cache
def _reader(runtime: str, engine: str) -> OurReader:
    """One for each process."""
    return OurReader(Options(engine=engine), EngineConfig(runtime=runtime))


@contextmanager
def _gpu_megabytes() -> Iterator[list[int]]:
    """Memory in use on the first GPU, sampled during the block; [0] without one."""
    samples, ended = [0], threading.Event()

    def sample() -> None:
        query = ["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits"]
        while not ended.wait(SAMPLED_EVERY):
            samples.append(int(subprocess.check_output(query, text=True).split()[0]))

    sampler = threading.Thread(target=sample)
    if shutil.which("nvidia-smi"):
        sampler.start()
    try:
        yield samples
    finally:
        ended.set()
        if sampler.ident:
            sampler.join()


def _row(
    runtime: str,
    slots: int,
    items: list[Item],
    readings: list[Reading],
    seconds: float,
    first: list[str],
    megabytes: int,
) -> str:
    pages = sum(reading.pages for reading in readings)
    used = sum(reading.processor for reading in readings) / pages
    error = 100 * mean(_error(item, each.text) for item, each in zip(items, readings, strict=True))
    same = sum(each.text == text for each, text in zip(readings, first, strict=True))
    return (
        f"| {runtime} | {slots} | {pages} | {pages / seconds:.2f} | {used:.2f} | {error:.2f} "
        f"| {same} of {len(items)} | {megabytes} |"
    )


def _print_differences(items: list[Item], texts: list[str], first: list[str]) -> None:
    for item, text, other in zip(items, texts, first, strict=True):
        if text != other:
            errors = f"{100 * _error(item, other):.2f} -> {100 * _error(item, text):.2f}"
            print(f"  {item.group}/{item.path.name}: {errors}")


def _error(item: Item, text: str) -> float:
    return score(text, item.truth, metric=item.metric, unspaced=item.unspaced).error


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--runtimes", nargs="+", default=["onnxruntime", "cuda"])
    parser.add_argument("--slots", type=int, nargs="+", default=[1])
    parser.add_argument("--passes", type=int, default=1)
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--only", default="", help="read only paths that contain this")
    parser.add_argument("--verbose", action="store_true", help="print items with another text")
    return parser.parse_args()


if __name__ == "__main__":
    main()
