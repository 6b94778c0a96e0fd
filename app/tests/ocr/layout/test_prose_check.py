"""Columns of a newspaper that were taken for a table are handed back."""

from __future__ import annotations

from app.ocr.layout.reading_order.prose_check import is_prose
from app.ocr.layout.tables import FoundTable
from app.ocr.result import Bbox, Cell, Line, Word

# German lines often begin with a capital letter within a sentence.
GERMAN = (
    "Husum. Im Sommer hat die Anlage",
    "am Deich mehr Strom erzeugt als",
    "alle Windräder zusammen und im",
    "Vorjahr. Über den Preis wird im",
    "Herbst beraten, und die kleinen",
    "Höfe auf der Insel sollen einen",
    "eigenen Anschluss bekommen, der",
    "das Dorf vom Netz trennen kann",
)
NAMES = tuple(f"Road of the old town {number}" for number in range(8))


def _table(texts: tuple[str, ...]) -> FoundTable:
    """Two columns with the same texts, each in a cell of its own."""
    cells = []
    for column in (0, 1):
        for row, text in enumerate(texts):
            words, left = [], 100 + 600 * column
            for word in text.split(" "):
                box = Bbox(left, 40 * row, left + 12 * len(word), 40 * row + 24)
                words.append(Word(word, box, 1.0))
                left = box.right + 12
            line = Line(tuple(words))
            cells.append(Cell(row, column, (line,), line.bbox))
    return FoundTable(Bbox(100, 0, 1300, 320), tuple(cells), ())


def test_prose_of_a_language_with_capital_nouns() -> None:
    assert is_prose(_table(GERMAN))


def test_cells_of_several_words() -> None:
    assert not is_prose(_table(NAMES))
