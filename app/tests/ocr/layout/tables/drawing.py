"""Pages with tables as positioned words, rules and fills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from app.ocr.layout.elements import Fill, PageElements, Piece, Rule
from app.ocr.layout.tables import FoundTable, find_tables
from app.ocr.result import Bbox, Word

HEIGHT = 40  # of a word
CHARACTER = 20  # its width; Chinese ones are twice as wide
SPACE = 11
PITCH = 60  # of rows


@dataclass
class Sheet:
    """An A4 page at 300 dpi. Text is placed by its left, right or middle and its top."""

    width: int = 2480
    height: int = 3508
    pieces: list[Piece] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    pictures: list[Bbox] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        align: str = "left",
        bold: bool = False,
        space: int = SPACE,
        direction: str = "ltr",
        scale: float = 1,
    ) -> Self:
        words = text.split(" ")
        step = scale * CHARACTER
        widths = [sum(step * (1 + (char > "\u3000")) for char in word) for word in words]
        total = sum(widths) + space * (len(words) - 1)
        left = x - {"left": 0, "right": total, "center": total / 2}[align]
        made = []
        order = list(zip(words, widths, strict=True))
        for word, width in order[::-1] if direction == "rtl" else order:
            box = Bbox(round(left), round(y), round(left + width), round(y + scale * HEIGHT))
            made.append(Word(word, box, 1.0))
            left += width + space
        if direction == "rtl":
            made.reverse()
        self.pieces.append(Piece(tuple(made), direction, bold=bold))
        return self

    def row(
        self, y: float, texts: Sequence[str], xs: Sequence[float], align: str = "left", **how: bool
    ) -> Self:
        """The first text is set left, the others according to align; empty ones are left out."""
        for number, (x, text) in enumerate(zip(xs, texts, strict=True)):
            if text:
                self.text(x, y, text, align=align if number else "left", **how)
        return self

    def across(self, y: float, left: float, right: float, thickness: int = 3) -> Self:
        box = Bbox(round(left), round(y), round(right), round(y) + thickness)
        self.rules.append(Rule(box))
        return self

    def down(self, x: float, top: float, bottom: float, thickness: int = 3) -> Self:
        self.rules.append(Rule(Bbox(round(x), round(top), round(x) + thickness, round(bottom))))
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Self:
        for y in ys:
            self.across(y, xs[0], xs[-1])
        for x in xs:
            self.down(x, ys[0], ys[-1])
        return self

    def fill(self, left: float, top: float, right: float, bottom: float, gray: int = 210) -> Self:
        self.fills.append(Fill(Bbox(round(left), round(top), round(right), round(bottom)), gray))
        return self

    def prose(self, x: float, y: float, lines: int, width: int = 60) -> Self:
        text = "the committee of the region has met in the old town hall and said what it wants "
        for number in range(lines):
            start = 7 * number % len(text)
            line = (text[start:] + text * 3)[: width - number % 5].strip()
            self.text(x, y + number * 48, line)
        return self

    def elements(self) -> PageElements:
        return PageElements(
            self.width,
            self.height,
            tuple(self.pieces),
            tuple(self.rules),
            tuple(self.fills),
            tuple(self.pictures),
        )

    def turned(self) -> PageElements:
        """The page turned clockwise: its text runs down."""

        def turn(box: Bbox) -> Bbox:
            return Bbox(self.height - box.bottom, box.left, self.height - box.top, box.right)

        pieces = tuple(
            Piece(
                tuple(Word(word.text, turn(word.bbox), 1.0) for word in piece.words),
                piece.direction,
                angle=90,
            )
            for piece in self.pieces
        )
        rules = tuple(Rule(turn(rule.bbox)) for rule in self.rules)
        return PageElements(self.height, self.width, pieces, rules)

    def tables(self) -> tuple[FoundTable, ...]:
        return find_tables(self.elements())

    def table(self) -> FoundTable:
        (found,) = self.tables()
        return found


def grid_of(table: FoundTable) -> list[list[str]]:
    """Texts by row; a merged cell's text only at its first place."""
    height = max(cell.row + cell.row_span for cell in table.cells)
    width = max(cell.column + cell.column_span for cell in table.cells)
    texts = [[""] * width for _ in range(height)]
    for cell in table.cells:
        texts[cell.row][cell.column] = " ".join(line.text for line in cell.lines)
    return texts


def spans_of(table: FoundTable) -> dict[str, tuple[int, int]]:
    """Rows and columns of the cells that take more than one."""
    return {
        cell.text: (cell.row_span, cell.column_span)
        for cell in table.cells
        if cell.row_span > 1 or cell.column_span > 1
    }
