"""Structure of typeset pages: recall and precision by kind of block, order by kind of page.

    python -m benchmarks.structure [--pages 20] [--first 0] [--verbose]
        [--source words|rows|lines|picture|pdf]

words: unordered pieces with font sizes, as from a PDF. rows: the same, but text at the same height
is one piece. lines: boxes of ink only, as from recognition. picture: drawn, and read by the engine.
pdf: written as a PDF, and read from its text layer.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from statistics import mean, median, quantiles

from rapidfuzz.fuzz import ratio

from app.ocr.layout import layout
from app.ocr.result import Block

from . import structured_pages, structured_pairs, structured_scripts
from .typesetting import Sheet

PAGES = {**structured_pages.PAGES, **structured_scripts.PAGES, **structured_pairs.PAGES}
# Pages whose letters the drawing font lacks.
NOT_DRAWN = ("hebrew", "vertical")
# Least similarity, in percent, of the texts of a found block and its true block.
SAME = 90.0
READERS: dict[str, Callable[[Sheet], tuple[Block, ...]]] = {
    "words": lambda sheet: layout(sheet.elements(measured=False, merged=False)),
    "rows": lambda sheet: layout(sheet.elements(measured=False, merged=True)),
    "lines": lambda sheet: layout(sheet.elements(measured=True, merged=False)),
}


def main() -> None:
    arguments = _parse()
    read = _reader(arguments.source)
    found: dict[str, list[bool]] = defaultdict(list)
    precise: dict[str, list[bool]] = defaultdict(list)
    order: dict[str, list[bool]] = defaultdict(list)
    seconds = []
    for name, make in PAGES.items():
        if name in NOT_DRAWN and arguments.source in ("picture", "pdf"):
            continue
        for seed in range(arguments.first, arguments.first + arguments.pages):
            sheet = make(random.Random(f"{name}{seed}"))
            started = time.process_time()
            blocks = read(sheet)
            seconds.append(time.process_time() - started)
            matches = matched(sheet, blocks)
            for truth, at in zip(sheet.truth, matches, strict=True):
                right = at is not None and blocks[at].kind == truth.kind
                found[truth.kind].append(right)
                if arguments.verbose and not right:
                    print(name, seed, truth, "->", blocks[at] if at is not None else None)
            _count_precision(sheet, blocks, matches, precise)
            places = [
                at
                for truth, at in zip(sheet.truth, matches, strict=True)
                if at is not None and truth.ordered
            ]
            order[name] += [one < other for one, other in pairwise(places)]
    _print(found, precise, order, seconds)


def matched(sheet: Sheet, blocks: tuple[Block, ...]) -> list[int | None]:
    """For each true block, the index of the found block with its text, or None."""
    texts = [_plain(block.text) for block in blocks]
    result = []
    for truth in sheet.truth:
        wanted = _plain(truth.text)
        scores = [ratio(wanted, text) for text in texts]
        best = max(range(len(texts)), key=scores.__getitem__, default=None)
        result.append(best if best is not None and scores[best] >= SAME else None)
    return result


def _plain(text: str) -> str:
    return "".join(text.split())


def _count_precision(
    sheet: Sheet,
    blocks: tuple[Block, ...],
    matches: list[int | None],
    precise: dict[str, list[bool]],
) -> None:
    kinds = {at: truth.kind for truth, at in zip(sheet.truth, matches, strict=True)}
    for at, block in enumerate(blocks):
        precise[block.kind].append(kinds.get(at) == block.kind)


def _reader(source: str) -> Callable[[Sheet], tuple[Block, ...]]:
    if source in READERS:
        return READERS[source]
    from .structure_sources import picture_reader, read_pdf

    return picture_reader() if source == "picture" else read_pdf


def _print(
    found: dict[str, list[bool]],
    precise: dict[str, list[bool]],
    order: dict[str, list[bool]],
    seconds: list[float],
) -> None:
    print("| kind | blocks | recall | precision |")
    print("|---|---|---|---|")
    for kind in sorted({*found, *precise}):
        print(f"| {kind} | {len(found[kind])} | {_share(found[kind])} | {_share(precise[kind])} |")
    print("\n| page | order |")
    print("|---|---|")
    for name, values in order.items():
        print(f"| {name} | {_share(values)} |")
    middle, slow = 1000 * median(seconds), 1000 * quantiles(seconds, n=20)[-1]
    print(f"\nprocessor time: median {middle:.1f} ms a page, 95 of 100 within {slow:.1f} ms")


def _share(values: list[bool]) -> str:
    return f"{mean(values):.3f}" if values else "-"


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20, help="pages of each kind")
    parser.add_argument("--first", type=int, default=0, help="number of the first page")
    parser.add_argument(
        "--source", default="words", choices=("words", "rows", "lines", "picture", "pdf")
    )
    parser.add_argument("--verbose", action="store_true", help="print every block not found")
    return parser.parse_args()


if __name__ == "__main__":
    main()
