"""Tables in a folder of PDFs with truth: ours, from text layers or pictures, against others.

    python -m benchmarks.tables FOLDER [--pictures] [--only NAME] [--verbose]
    python -m benchmarks.tables --without CORPUS

FOLDER has NAME.pdf with NAME-str.xml (ICDAR 2013) or NAME.json (benchmarks.table_pages). The score
is the mean over documents of the F1 of adjacency relations; false tables count as wrong. --without
counts pages of an accuracy corpus that have no table but get one.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from statistics import mean

from app.engines.base import EngineConfig
from app.ocr.options import Options

from .corpus import read_corpus
from .readers import OurReader
from .table_readers import OurTables, TableReader, installed_readers
from .table_scoring import Table, TableCell, TableScore, read_truth, relations, score_tables

# Documents of the accuracy corpus with tables, and receipts, some of which have columns.
WITH_TABLES = ("Table-", "table_", "sroie", "Present_indicatif", "20130043_87")


def main() -> None:
    arguments = _parse()
    if arguments.without:
        print_false_tables(arguments.without)
        return
    readers: dict[str, TableReader] = {"ours": OurTables(pictures=False)}
    if arguments.pictures:
        readers["ours, 200 dpi"] = OurTables(pictures=True)
    readers |= installed_readers()
    scores: dict[str, list[TableScore]] = {name: [] for name in readers}
    for path, truth in documents(arguments.folder, arguments.only):
        for name, read in readers.items():
            scores[name].append(_score(name, read, path, truth))
        if arguments.verbose:
            row = " ".join(f"{name} {each[-1].f1:.3f}" for name, each in scores.items())
            print(f"{path.stem:40} {row}", flush=True)
    print("| | documents | mean F1 | precision | recall |\n|---|---|---|---|---|")
    for name, each in scores.items():
        figures = (
            mean(getattr(one, what) for one in each) for what in ("f1", "precision", "recall")
        )
        print(
            f"| {name} | {len(each)} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |"
        )


def _score(name: str, read: TableReader, path: Path, truth: list[tuple[int, Table]]) -> TableScore:
    try:
        found = read(path)
    except Exception as error:  # other programs may raise anything
        if name.startswith("ours"):
            raise
        print(f"  {name} on {path.name}: {error}", file=sys.stderr)
        found = []
    return score_tables(relations(found), relations(truth))


def documents(folder: Path, only: str) -> list[tuple[Path, list[tuple[int, Table]]]]:
    found = []
    for path in sorted(folder.glob("*.pdf")):
        xml, made = path.with_name(f"{path.stem}-str.xml"), path.with_suffix(".json")
        if only not in path.stem:
            continue
        if xml.exists():
            found.append((path, read_truth(str(xml))))
        elif made.exists():
            found.append((path, _made_truth(made)))
    return found


def _made_truth(path: Path) -> list[tuple[int, Table]]:
    return [
        (
            1,
            [
                TableCell(row, column, row + rows, column + columns, text)
                for row, column, rows, columns, text in cells
            ],
        )
        for cells in json.loads(path.read_text(encoding="utf-8"))
    ]


def print_false_tables(corpus: Path) -> None:
    reader = OurReader(Options(), EngineConfig())
    total = false = 0
    for item in read_corpus(corpus):
        if any(name in str(item.path) for name in WITH_TABLES):
            continue
        reader(item.path, item.languages)
        for page in reader.pages:
            total += 1
            if any(block.cells for block in page.blocks):
                false += 1
                print(f"  {item.group}/{item.path.name}, page {page.number}")
    print(f"{false} of {total} pages without a table have one: {100 * false / max(1, total):.1f} %")


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("ONLINEOCR_CORPUS")
    parser.add_argument(
        "folder", type=Path, nargs="?", default=Path(default) / "tables" if default else None
    )
    parser.add_argument("--pictures", action="store_true", help="read pages as pictures too")
    parser.add_argument("--only", default="", help="read only documents whose name contains this")
    parser.add_argument("--without", type=Path, help="an accuracy corpus: count false tables")
    parser.add_argument("--verbose", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
