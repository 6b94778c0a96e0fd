"""Adjacency relations of table cells: Göbel, Hassan, Oro, Orsi, "ICDAR 2013 Table Competition".

Each cell with text is related to its nearest neighbours with text on the right and below. A
spanning cell is in all places that it covers. Texts are compared without white space and case,
which is wrong in the truth of some documents.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree

from .scoring import FOLDED


class TableCell(NamedTuple):
    """row, column: from 0. row_end, column_end: exclusive."""

    row: int
    column: int
    row_end: int
    column_end: int
    text: str


Table = Sequence[TableCell]
Relation = tuple[int, str, str, str]


@dataclass(frozen=True)
class TableScore:
    """Values from 0 to 1; f1 is 0 if nothing is right."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score_tables(found: Counter[Relation], truth: Counter[Relation]) -> TableScore:
    right = (found & truth).total()
    return TableScore(right / max(1, found.total()), right / max(1, truth.total()))


def relations(tables: Iterable[tuple[int, Table]]) -> Counter[Relation]:
    """tables: (page, cells). A relation is (page, text, text of the neighbour, direction)."""
    counts: Counter[Relation] = Counter()
    for page, table in tables:
        counts.update(_relations(page, table))
    return counts


def _relations(page: int, table: Table) -> Iterable[Relation]:
    cells = [cell._replace(text=plain(cell.text)) for cell in table]
    places = {
        (row, column): cell
        for cell in cells
        for row in range(cell.row, cell.row_end)
        for column in range(cell.column, cell.column_end)
        if cell.text
    }
    last_row = max((row for row, _ in places), default=-1)
    last_column = max((column for _, column in places), default=-1)
    for cell in filter(lambda cell: cell.text, cells):
        right = {
            _first(places, [(row, at) for at in range(cell.column_end, last_column + 1)])
            for row in range(cell.row, cell.row_end)
        }
        below = {
            _first(places, [(at, column) for at in range(cell.row_end, last_row + 1)])
            for column in range(cell.column, cell.column_end)
        }
        yield from ((page, cell.text, other.text, "right") for other in right if other)
        yield from ((page, cell.text, other.text, "below") for other in below if other)


def _first(
    places: dict[tuple[int, int], TableCell], path: Sequence[tuple[int, int]]
) -> TableCell | None:
    return next((places[place] for place in path if place in places), None)


def plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text.translate(FOLDED)).translate(FOLDED)
    return "".join(folded.split()).casefold()


def read_truth(path: str) -> list[tuple[int, Table]]:
    """Tables of a NAME-str.xml, one per region; a missing end row or column equals the start."""
    tables = []
    for region in ElementTree.parse(path).getroot().iter("region"):
        cells = [_cell(element) for element in region.iter("cell")]
        tables.append((int(region.get("page", "1")), cells))
    return tables


def _cell(element: ElementTree.Element) -> TableCell:
    row, column = int(element.get("start-row", "0")), int(element.get("start-col", "0"))
    row_end = int(element.get("end-row", row)) + 1
    column_end = int(element.get("end-col", column)) + 1
    return TableCell(row, column, row_end, column_end, element.findtext("content") or "")
