"""A corpus: a folder with manifest.tsv, and a truth file <file>.gt.txt next to each document."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

CJK = {"chi_sim", "chi_tra", "jpn", "jpn_vert", "kor"}


@dataclass(frozen=True)
class Item:
    """A document. group: its set, named by its folder. metric: "cer" or "bag"."""

    path: Path
    group: str
    languages: tuple[str, ...]
    metric: str
    truth: str

    @property
    def unspaced(self) -> bool:
        return bool(CJK & set(self.languages))


def read_corpus(folder: Path) -> list[Item]:
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as manifest:
        rows = list(csv.DictReader(manifest, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [_item(folder / row["file"], row) for row in rows]


def _item(path: Path, row: dict[str, str]) -> Item:
    truth = path.with_name(path.name + ".gt.txt").read_text(encoding="utf-8")
    languages = tuple(row["lang"].split("+"))
    return Item(path, path.parent.name, languages, row["metric"], truth)
