"""Letters and digits of one shape: settled where one is out of place, left alone in codes."""

from __future__ import annotations

import pytest

from app.ocr.result import Bbox, Block, Cell, Line, Page, Word
from app.recognition.same_shapes import settled, with_same_shapes_settled


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("B0ARD", "BOARD"),
        ("(CH0PPING)", "(CHOPPING)"),
        ("S1DES,", "SIDES,"),
        ("12OML", "120ML"),
        ("1OO", "100"),
        ("2O.5O", "20.50"),
        ("4.O00", "4.000"),
        ("RMO.02", "RM0.02"),
        ("O,45", "0,45"),
        ("APls", "APIs"),
        ("URl.", "URI."),
        ("lhre", "Ihre"),
        ("„lhnen", "„Ihnen"),
        ("lch", "Ich"),
        ("ll", "Il"),
        ("ASCll-Text", "ASCII-Text"),
        ("EW-10OO-1L", "EW-1000-1L"),
        ("ES1O0O", "ES1000"),
        ("2O20/11", "2020/11"),
        ("l940", "1940"),
        ("l50,000", "150,000"),
        ("l4th,", "14th,"),
        ("l5.April", "15.April"),
        ("2l4", "214"),
        ("1'installateur", "l'installateur"),
        ("(I’histoire", "(l’histoire"),
        ("I'Internet", "l'Internet"),
        (r"N\1__field_tmpa_tl", r"N\l__field_tmpa_tl"),
    ],
)
def test_the_sign_that_fits(read: str, meant: str) -> None:
    assert settled(read) == meant


@pytest.mark.parametrize(
    "word",
    [
        "I'll",
        "'ll",
        "llama",
        "l",
        "I’ve",
        "I'm",
        "5'1'",
        "11'am",
        "I'INTERNET",
        "A0B",
        "a1__b",
        "11__b",
        "EZ10HD05",
        "H1N1",
        "CO2",
        "H2O",
        "MP3",
        "B2B",
        "O.K.",
        "NO.12",
        "Owls",
        "XOR",
        "4K0",
        "A1O",
        "CDKN1B",
        "CCNE1WT",
        "PO-BOX",
        "l2",
        "l10n",
        "20l",
        "al7",
        "",
    ],
)
def test_codes_and_words_stay(word: str) -> None:
    assert settled(word) == word


def test_words_of_lines_and_cells_keep_their_boxes() -> None:
    line = Line((Word("B0ARD", Bbox(1, 2, 30, 12), 0.9), Word("1OO", Bbox(40, 2, 60, 12), 0.8)))
    cell = Cell(0, 0, (line,), Bbox(0, 0, 100, 20))
    page = with_same_shapes_settled(Page(1, 100, 100, (Block((line,)), Block.table([cell]))))
    assert [word.text for word in page.words] == ["BOARD", "100"] * 2
    assert [word.bbox for word in page.words] == [word.bbox for word in line.words] * 2
