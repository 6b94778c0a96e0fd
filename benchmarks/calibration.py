"""Calibration of confidence: share of correct words by confidence, and of errors found by marks.

    python -m benchmarks.calibration collect WORDS --engine paddleocr [--corpus FOLDER]
        [--pdfs FOLDER] [--fonts FOLDER ...]
    python -m benchmarks.calibration fit WORDS ...     writes app/recognition/confidence/fitted.json
    python -m benchmarks.calibration table WORDS ...   only prints

WORDS are files of JSON lines, one per page, to which "collect" appends; their names begin with the
engine's. Printed numbers are cross-validated: documents are divided into five parts by a checksum
of their names, and each part is judged by a fit to the other four.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np

from app.engines.base import EngineConfig
from app.recognition.confidence.calibration import FITTED, Values
from app.recognition.confidence.features import OF_ENGINE
from app.recognition.libraries import configure_libraries
from app.recognition.page_reader import PageReader

from .calibration_documents import (
    Document,
    corpus_documents,
    drawn_documents,
    pdf_documents,
    word_documents,
)
from .calibration_fit import fitted
from .calibration_words import Sample, load, readings_of, store

BINS = 10
FOLDS = 5
MARKED = 0.1
# Fewest words and wrong words to which a table is fitted.
LEAST_WORDS, LEAST_WRONG = 500, 50


def main() -> None:
    arguments = _parse()
    if arguments.verb == "collect":
        collect(arguments)
        return
    groups: dict[str, list[Sample]] = defaultdict(list)
    for path in arguments.words:
        for sample in load(path):
            name = f"{path.stem.partition('-')[0]} {sample.kind}"
            if not arguments.groups or name in arguments.groups:
                groups[name].append(sample)
    if arguments.verb == "fit":
        fit(groups)
    table(groups)


def collect(arguments: argparse.Namespace) -> None:
    configure_libraries(threads=1)
    reader = PageReader(EngineConfig())
    known = set(reader.strategy(arguments.engine).entry().languages)
    path = arguments.words[0]
    done = set(map(_document_of, path.read_text("utf-8").splitlines())) if path.exists() else set()
    for document in documents(arguments):
        if document.name not in done and set(document.languages) <= known:
            store(readings_of(document, arguments.engine, reader), path)


def documents(arguments: argparse.Namespace) -> Iterator[Document]:
    if arguments.corpus:
        yield from corpus_documents(arguments.corpus)
    if arguments.pdfs:
        yield from pdf_documents(arguments.pdfs, arguments.seed)
    for seed in range(arguments.seed, arguments.seed + arguments.drawings):
        yield from drawn_documents(arguments.fonts, seed)
    if arguments.signs:
        yield from word_documents(arguments.fonts, arguments.signs, arguments.seed)


def _document_of(line: str) -> str:
    name: str = json.loads(line)["document"]
    return name


def fit(groups: dict[str, list[Sample]]) -> None:
    """Stores tables for the groups of the words; other tables are unchanged."""
    stored = json.loads(FITTED.read_text(encoding="utf-8"))
    for name, samples in sorted(groups.items()):
        if len(samples) < LEAST_WORDS or sum(not each.right for each in samples) < LEAST_WRONG:
            print(f"{name}: too few words")
            continue
        sure, right, before = judged_apart(samples)
        if expected_error(sure, right) >= expected_error(before, right):
            print(f"{name}: the engine's number is as good")
            stored.pop(name, None)
            continue
        found = asdict(fitted(*_arrays(samples), OF_ENGINE))
        stored[name] = {part: np.round(value, 4).tolist() for part, value in found.items()}
    FITTED.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def judged_apart(samples: list[Sample]) -> tuple[Values, Values, Values]:
    """Cross-validated confidence, correctness and the engine's own value of each word."""
    parts = []
    for fold in range(FOLDS):
        learned = [sample for sample in samples if fold_of(sample) != fold]
        held = [sample for sample in samples if fold_of(sample) == fold]
        if learned and held:
            features, right = _arrays(held)
            sure = fitted(*_arrays(learned), OF_ENGINE).share(features)
            parts.append((sure, right, np.array([sample.raw for sample in held])))
    sure, right, before = (np.concatenate(each) for each in zip(*parts, strict=True))
    return sure, right, before


def table(groups: dict[str, list[Sample]]) -> None:
    for name, samples in sorted(groups.items()):
        if sum(not each.right for each in samples) < LEAST_WRONG:
            continue
        now, right, before = judged_apart(samples)
        documents = len({sample.document for sample in samples})
        wrong = 100 * (1 - right.mean())
        print(f"\n{name}: {len(samples)} words of {documents} documents, {wrong:.1f} % wrong")
        print("| | ECE | wrong among the least sure 10 % | of all wrong |\n|---|---|---|---|")
        for title, sure in (("engine's number", before), ("calibrated", now)):
            print(f"| {title} | {expected_error(sure, right):.3f} | " + _marked(sure, right))
        print("\n| confidence | words | mean | right |\n|---|---|---|---|")
        _print_bins(now, right)


def expected_error(sure: Values, right: Values) -> float:
    """Expected calibration error in bins of equal width (Naeini et al. 2015)."""
    bins = np.minimum(BINS - 1, (sure * BINS).astype(int))
    return sum(
        float(np.mean(bins == each)) * abs(float(np.mean((sure - right)[bins == each])))
        for each in set(bins.tolist())
    )


def fold_of(sample: Sample) -> int:
    return zlib.crc32(sample.document.encode()) % FOLDS


def _marked(sure: Values, right: Values) -> str:
    """Precision and recall of marking the least confident words."""
    marked = np.argsort(sure, kind="stable")[: round(MARKED * len(sure))]
    wrong = 1 - right
    precision, recall = wrong[marked].mean(), wrong[marked].sum() / max(1.0, wrong.sum())
    return f"{100 * precision:.0f} % | {100 * recall:.0f} % |"


def _print_bins(sure: Values, right: Values) -> None:
    bins = np.minimum(BINS - 1, (sure * BINS).astype(int))
    for each in sorted(set(bins.tolist())):
        inside = bins == each
        low, high = each / BINS, (each + 1) / BINS
        mean, share = float(sure[inside].mean()), float(right[inside].mean())
        print(f"| {low:.1f}-{high:.1f} | {inside.sum()} | {mean:.3f} | {share:.3f} |")


def _arrays(samples: list[Sample]) -> tuple[Values, Values]:
    features = np.array([sample.features for sample in samples], np.float64)
    return features, np.array([float(sample.right) for sample in samples])


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=("collect", "fit", "table"))
    parser.add_argument("words", type=Path, nargs="+")
    parser.add_argument("--engine", default="paddleocr", choices=("paddleocr", "tesseract"))
    parser.add_argument("--groups", nargs="*", default=[], help='such as "paddleocr Latin"')
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--pdfs", type=Path, help="folder with digital PDFs")
    parser.add_argument("--drawings", type=int, default=3, help="pages of each kind and script")
    parser.add_argument("--signs", type=int, default=0, help="single words of signs")
    parser.add_argument("--fonts", type=Path, nargs="*", default=[Path("/usr/share/fonts")])
    parser.add_argument("--seed", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    main()
