"""Share of drawn pages that are turned upright: eleven kinds in twelve scripts, in four directions.

    python -m benchmarks.direction [--fonts FOLDER ...] [--seed 1] [--scripts Arabic Persian]
                                   [--turns 0 90 180 270] [--given]

Scripts without an installed font are left out. --given: with the page's language instead of none.
Prints the share of the direction network alone next to ours, and names wrong pages.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

import numpy as np

from app.engines.base import EngineConfig
from app.ocr.options import Options
from app.ocr.prepare.geometry import turned
from app.ocr.source.base import Pixels
from app.recognition.direction.network import likeliest
from app.recognition.libraries import configure_libraries
from app.recognition.page_reader import PageReader

from .direction_pages import pages
from .direction_texts import SCRIPTS

Tally = dict[str, list[tuple[bool, bool]]]


def main() -> None:
    arguments = _parse()
    configure_libraries(threads=1)
    finder = PageReader(EngineConfig()).direction
    by_script: Tally = defaultdict(list)
    by_kind: Tally = defaultdict(list)
    seconds: list[float] = []
    for script in SCRIPTS:
        if arguments.scripts and script.name not in arguments.scripts:
            continue
        options = Options(languages=script.languages if arguments.given else ())
        for kind, image, _ in pages(script, arguments.fonts, arguments.seed):
            for turn in arguments.turns:
                pixels: Pixels = turned(np.asarray(image), turn)
                assert finder.network is not None
                network = likeliest(finder.network.shares(pixels))
                started = time.perf_counter()
                ours, _ = finder.upright(pixels, options)
                seconds.append(time.perf_counter() - started)
                right = -turn % 360
                outcome = ours == right, network == right
                by_script[script.name].append(outcome)
                by_kind[kind].append(outcome)
                if ours != right:
                    print(f"{script.name} {kind} turned {turn}: {ours}", flush=True)
    for tally in (by_script, by_kind):
        print("\n| | pages | ours | network alone |\n|---|---|---|---|")
        for name, outcomes in tally.items():
            print(_row(name, outcomes))
    print(_row("**all**", [each for outcomes in by_kind.values() for each in outcomes]))
    print(f"median {1000 * median(seconds):.0f} ms a page, detection of its lines included")


def _row(name: str, outcomes: list[tuple[bool, bool]]) -> str:
    ours, network = (100 * sum(each) / len(outcomes) for each in zip(*outcomes, strict=True))
    return f"| {name} | {len(outcomes)} | {ours:.1f} | {network:.1f} |"


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, nargs="*", default=[Path("/usr/share/fonts")])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scripts", nargs="*", default=[])
    parser.add_argument("--turns", type=int, nargs="*", default=[0, 90, 180, 270])
    parser.add_argument("--given", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
