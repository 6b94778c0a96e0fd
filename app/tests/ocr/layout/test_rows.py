"""Text at one height: labels and large numbers, raised marks, drop caps, leaders."""

from __future__ import annotations

import pytest

from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox, Word

from .setting import PROSE, column, piece, read


def texts(pieces: list[Piece]) -> list[str]:
    return [line.text for block in read(pieces) for line in block.lines]


def test_label_and_large_number_are_one_line() -> None:
    pieces = []
    for at, (label, number) in enumerate(
        (("SYS mmHg", "120"), ("DIA mmHg", "80"), ("PULSE", "72"))
    ):
        pieces += [piece(label, 30, 60 + at * 240, 30), piece(number, 360, 10 + at * 240, 150)]
    assert texts(pieces) == ["SYS mmHg 120", "DIA mmHg 80", "PULSE 72"]


def test_label_of_a_number_beside_a_larger_number() -> None:
    pieces = [piece("5", 30, 100, 300), piece("81", 260, 335, 90), piece("mmHg", 400, 410, 12)]
    assert sorted(" ".join(texts(pieces)).split()) == ["5", "81", "mmHg"]


def test_raised_mark_touches_its_word() -> None:
    line = piece("the council agreed", 50, 100)
    mark = Piece((Word("3", Bbox(232, 98, 238, 110), 1.0),), font_size=12.0)
    assert texts([line, mark, piece("to it", 246, 100)]) == ["the council agreed3 to it"]


def test_drop_cap_begins_the_first_of_its_lines() -> None:
    pieces = [piece("T", 50, 100, 72)]
    pieces += [piece(text, 100, 100 + at * 26) for at, text in enumerate(PROSE[:3])]
    assert texts(pieces)[0] == "T" + PROSE[0]


def test_no_space_between_chinese_pieces_that_touch() -> None:
    pieces = [
        Piece((Word(text, Bbox(x, 100, x + 40, 120), 1.0),), font_size=20.0)
        for text, x in (("中文", 50), ("文本", 92))
    ]
    assert texts(pieces) == ["中文文本"]


@pytest.mark.parametrize(
    ("read_as", "line"),
    [
        ("Scope of it........4", "Scope of it ........ 4"),
        ("Scope of it . . . . . . 4", "Scope of it ...... 4"),
        ("Scope of it ..... ..4", "Scope of it ....... 4"),
        ("Index....118", "Index .... 118"),
    ],
)
def test_leaders_have_spaces_around_them(read_as: str, line: str) -> None:
    assert texts([piece(read_as, 50, 100)]) == [line]


def test_leader_in_two_pieces_is_one_word() -> None:
    pieces = [piece("Scope of it .....", 50, 100), piece("..4", 225, 100)]
    assert texts(pieces) == ["Scope of it ....... 4"]


def test_ellipsis_is_no_leader() -> None:
    assert texts([piece("and then..... nothing", 50, 100)]) == ["and then..... nothing"]


def test_no_character_is_lost_or_doubled() -> None:
    pieces = [*column("a", 50, 100, 9), *column("b", 500, 113, 7), piece("12.1.....3 x", 50, 900)]
    given = "".join(word.text for each in pieces for word in each.words)
    assert sorted("".join(texts(pieces)).replace(" ", "")) == sorted(given)
