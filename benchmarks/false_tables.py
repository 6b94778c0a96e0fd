"""Tables found on pages that have none, by kind of page.

    python -m benchmarks.false_tables FOLDER [--pictures] [--only KIND]

FOLDER is written by benchmarks.tableless_pages.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from .table_readers import OurTables


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pictures", action="store_true", help="read pages as pictures of 200 dpi")
    parser.add_argument("--only", default="", help="read only pages whose name contains this")
    arguments = parser.parse_args()
    read = OurTables(pictures=arguments.pictures)
    false: dict[str, list[bool]] = defaultdict(list)
    for path in sorted(arguments.folder.glob("*.pdf")):
        if arguments.only not in path.stem:
            continue
        tables = read(path)
        false[path.stem.rsplit("-", 1)[0]].append(bool(tables))
        for _, table in tables:
            print(f"  {path.stem}:", " | ".join(cell.text for cell in table)[:160], flush=True)
    print("| kind | pages | with a table |\n|---|---|---|")
    for kind, pages in false.items():
        print(f"| {kind} | {len(pages)} | {sum(pages)} |")
    every = [page for pages in false.values() for page in pages]
    print(f"| all | {len(every)} | {sum(every)} ({100 * sum(every) / max(1, len(every)):.1f} %) |")


if __name__ == "__main__":
    main()
