"""Accuracy on a corpus: ours against plain Tesseract and plain RapidOCR, set by set.

    python -m benchmarks.accuracy --corpus FOLDER [--engine auto] [--auto-language] [--only SET]

The error is the CER, or one minus the word recall for sets whose order is meaningless. Results of
the two others are stored in --cache, as they never change.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean

from app.engines.base import EngineConfig
from app.ocr.options import Options

from .corpus import Item, read_corpus
from .readers import OurReader, Reader, read_with_rapidocr, read_with_tesseract
from .scoring import Score, score

OTHERS: dict[str, Reader] = {"tesseract": read_with_tesseract, "rapidocr": read_with_rapidocr}


@dataclass(frozen=True)
class Outcome:
    error: float
    precision: float | None
    seconds: float


def main() -> None:
    arguments = _parse()
    items = [item for item in read_corpus(arguments.corpus) if arguments.only in str(item.path)]
    config = EngineConfig(profile=arguments.profile)
    reader = OurReader(
        Options(engine=arguments.engine),
        config,
        given_language=not arguments.auto_language,
    )
    cache = _Cache(arguments.cache)
    table: dict[str, dict[str, list[Outcome]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        ours = run(reader, item)
        others = {name: cache.outcome(name, item) for name in OTHERS}
        for name, outcome in {"ours": ours, **others}.items():
            table[item.group][name].append(outcome)
        if arguments.verbose:
            _print_item(item, ours, others, reader)
    print_table(table)


def run(reader: Reader, item: Item) -> Outcome:
    started = time.perf_counter()
    text = reader(item.path, item.languages)
    seconds = time.perf_counter() - started
    result: Score = score(text, item.truth, metric=item.metric, unspaced=item.unspaced)
    return Outcome(result.error, result.precision, seconds)


class _Cache:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.stored = json.loads(path.read_text()) if path.exists() else {}

    def outcome(self, name: str, item: Item) -> Outcome:
        key = f"{name}:{item.group}/{item.path.name}"
        if key not in self.stored:
            self.stored[key] = asdict(run(OTHERS[name], item))
            self.path.write_text(json.dumps(self.stored, indent=1))
        return Outcome(**self.stored[key])


def print_table(table: dict[str, dict[str, list[Outcome]]]) -> None:
    print("| set | items | ours | tesseract | rapidocr | ours s | tesseract s |")
    print("|---|---|---|---|---|---|---|")
    for group, outcomes in sorted(table.items()):
        print(_row(group, outcomes))
    every = {
        name: [outcome for outcomes in table.values() for outcome in outcomes[name]]
        for name in ("ours", *OTHERS)
    }
    print(_row("**all items**", every))


def _row(title: str, outcomes: dict[str, list[Outcome]]) -> str:
    errors = " | ".join(
        f"{100 * mean(outcome.error for outcome in outcomes[name]):.2f}"
        for name in ("ours", *OTHERS)
    )
    seconds = " | ".join(
        f"{mean(outcome.seconds for outcome in outcomes[name]):.2f}"
        for name in ("ours", "tesseract")
    )
    return f"| {title} | {len(outcomes['ours'])} | {errors} | {seconds} |"


def _print_item(item: Item, ours: Outcome, others: dict[str, Outcome], reader: OurReader) -> None:
    errors = " ".join(f"{100 * outcome.error:6.2f}" for outcome in (ours, *others.values()))
    page = reader.pages[0] if reader.pages else None
    how = f"{page.engine}: {page.reason} r{page.rotation} {page.skew:.1f}" if page else "nothing"
    name = f"{item.group}/{item.path.name}"[:44]
    print(
        f"{name:44} {errors} {ours.seconds:5.2f}s {others['tesseract'].seconds:5.2f}s {how}",
        flush=True,
    )


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--profile", default="full", choices=("small", "full"))
    parser.add_argument("--auto-language", action="store_true")
    parser.add_argument("--only", default="", help="read only paths that contain this")
    parser.add_argument("--verbose", action="store_true", help="print every item")
    parser.add_argument("--cache", type=Path, default=Path("media/benchmark-baselines.json"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
