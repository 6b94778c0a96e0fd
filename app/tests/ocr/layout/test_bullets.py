"""Dashes and discs in front of list items that an engine did not read."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from app.ocr.layout.elements import Piece
from app.ocr.layout.symbols.bullets import bullets
from app.ocr.layout.symbols.marks import page_ink
from app.ocr.layout.symbols.separate_marks import SeparateMarks
from app.ocr.result import Bbox, Word

TEXTS = ("holds with broken stone", "crosses narrow gardens", "green on summer fields")
MARKS = {"–": (0, 12, 14, 14), "•": (2, 9, 10, 17), "letter": (0, 4, 14, 20)}


def page(
    mark: str, *, marked: int = 3, gap: int = 18, height: int = 0, dark: bool = False
) -> tuple[np.ndarray, list[Piece]]:
    """Three lines of 24 pixels; marks left of the first ones."""
    image = Image.new("L", (700, 300), "white")
    drawing, font = ImageDraw.Draw(image), ImageFont.load_default(24)
    pieces = []
    for at, text in enumerate(TEXTS):
        left, top = 100, 60 + 40 * at
        drawing.text((left, top), text, "black", font)
        box = drawing.textbbox((left, top), text, font)
        words = (Word(text, Bbox(*(round(edge) for edge in box)), 0.9),)
        pieces.append(Piece(words))
        if at < marked:
            x0, y0, x1, y1 = MARKS[mark]
            place = (left - gap - x1, top + y0 + 4 + height, left - gap - x1 + x1 - x0, 0)
            place = (*place[:3], top + y1 + 4 + height)
            (drawing.ellipse if mark == "•" else drawing.rectangle)(place, fill="black")
    pixels = np.asarray(image)
    return (255 - pixels if dark else pixels), pieces


def found(pixels: np.ndarray, pieces: list[Piece]) -> list[str]:
    ink = page_ink(pixels, pieces)
    assert ink
    separate = SeparateMarks.of(ink, pieces)
    return [piece.words[0].text for piece in bullets(separate, pieces)]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("mark", ["–", "•"])
def test_unread_marks_become_words(mark: str, dark: bool) -> None:
    assert found(*page(mark, dark=dark)) == [mark] * 3


def test_marks_that_were_read_count_as_items() -> None:
    pixels, pieces = page("–", marked=1)
    assert found(pixels, pieces) == []
    read = Piece((Word("–", Bbox(68, 116, 82, 119), 0.9), *pieces[1].words))
    assert found(pixels, [pieces[0], read, pieces[2]]) == ["–"]


@pytest.mark.parametrize(
    "changed",
    [{"mark": "letter"}, {"mark": "–", "gap": 90}, {"mark": "–", "height": 12}],
    ids=["a block", "too far", "on the baseline"],
)
def test_other_ink_is_no_mark(changed: dict[str, object]) -> None:
    assert found(*page(**changed)) == []  # type: ignore[arg-type]
