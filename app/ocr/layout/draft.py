"""Unfinished blocks, as rows of one column."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.ocr.result import Bbox, Block

from .kinds.lists import Marker
from .rows import Row


@dataclass
class Draft:
    """An unfinished block. column: box of its run in the frame."""

    rows: list[Row]
    column: Bbox
    kind: str = "text"
    level: int = 0
    marker: Marker | None = None
    box: Bbox = field(init=False)

    def __post_init__(self) -> None:
        self.box = Bbox.around(row.box for row in self.rows)

    @property
    def size(self) -> float:
        return max(self.rows, key=lambda row: row.characters).size

    @property
    def characters(self) -> int:
        return sum(row.characters for row in self.rows)

    @property
    def text(self) -> str:
        return " ".join(row.text for row in self.rows)

    @property
    def bold(self) -> bool:
        return all(row.bold for row in self.rows)

    def block(self) -> Block:
        lines = tuple(row.line for row in self.rows)
        return Block(lines, self.kind, self.level, self.marker.text if self.marker else "")
