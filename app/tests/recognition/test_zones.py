"""Machine-readable zones are corrected word by word, wherever they are on a page."""

from __future__ import annotations

from app.ocr.result import Bbox, Block, Line, Page, Word
from app.recognition.zones import with_zones

NAMES = "P<UT0ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
FIGURES = ("L898902C36UTO", "74O8122F12O4159", "ZE184226B<<<<<10")


def line_of(*texts: str, top: int = 0) -> Line:
    boxes = [Bbox(300 * at, top, 300 * at + 280, top + 30) for at in range(len(texts))]
    words = (Word(text, box, 0.9) for text, box in zip(texts, boxes, strict=True))
    return Line(tuple(words))


def test_words_of_a_zone_keep_their_places() -> None:
    """The lines of a zone may be separate blocks."""
    title = line_of("PASSPORT", "UT0P1A")
    blocks = (Block((title, line_of(NAMES, top=40))), Block((line_of(*FIGURES, top=80),)))
    before = Page(1, 1000, 200, blocks)
    page = with_zones(before)
    assert [word.text for word in page.words] == [
        "PASSPORT",
        "UT0P1A",
        NAMES.replace("UT0", "UTO"),
        "L898902C36UTO",
        "7408122F1204159",
        "ZE184226B<<<<<10",
    ]
    assert [word.bbox for word in page.words] == [word.bbox for word in before.words]
    assert [len(block.lines) for block in page.blocks] == [2, 1]


def test_page_without_a_zone_is_left_as_it_is() -> None:
    page = Page(1, 1000, 200, (Block((line_of("O0", "12O"), line_of("a<b"))),))
    assert with_zones(page).text == page.text
