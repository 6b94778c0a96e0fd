"""Spaces that the network misses between words, and marks apart from their letters."""

from __future__ import annotations

import numpy as np
import pytest

from app.engines.paddleocr.ctc import Character
from app.engines.paddleocr.words.boxes import _with_marks
from app.engines.paddleocr.words.spaces import with_lost_spaces, with_number_apart

LETTER, BETWEEN, SPACE, HEIGHT = 8, 2, 10, 20  # pixels


def read(seen: str, drawn: str) -> str:
    """The text of a line that is drawn with some spaces and recognized with others."""
    columns: list[bool] = []
    centres = []
    for character in drawn:
        if character == " ":
            columns += [False] * SPACE
        else:
            centres.append(len(columns) + LETTER / 2)
            columns += [True] * LETTER + [False] * BETWEEN
    places = iter(centres)
    place, line = 0.0, []
    for character in seen:
        place = place + LETTER if character == " " else next(places)
        line.append(Character(character, place / len(columns), 0.9))
    ink = np.tile(np.array(columns, np.bool_), (HEIGHT, 1))
    found = with_number_apart(with_lost_spaces(line, np.array(columns, np.bool_)), ink)
    return "".join(each.text for each in found)


@pytest.mark.parametrize(
    ("seen", "drawn"),
    [
        ("then invoke thefollowing page", "then invoke the following page"),
        ("see page 4.The rest of it", "see page 4. The rest of it"),
        ("to codenarrative and coderest", "to code narrative and code rest"),
    ],
)
def test_white_like_the_line_s_other_spaces_is_one(seen: str, drawn: str) -> None:
    assert read(seen, drawn) == drawn


@pytest.mark.parametrize(
    ("seen", "drawn"),
    [
        ("then invoke thefollowing page", "then invoke thefollowing page"),
        ("one or late on", "one or lat e on"),  # a letter alone
        ("at 12:30 or 1234 on", "at 12:30 or 12 34 on"),
        ("see the file.conf there is", "see the file. conf there is"),
        ("noother space", "no other space"),  # too few to compare with
        ("word", "wo rd"),
        ("", ""),
    ],
)
def test_what_is_no_clear_space_stays(seen: str, drawn: str) -> None:
    assert read(seen, drawn) == seen


@pytest.mark.parametrize(
    ("seen", "drawn", "expected"),
    [
        ("16.10.4Usage", "16.10.4 Usage", "16.10.4 Usage"),
        ("2.Überblick", "2. Überblick", "2. Überblick"),
        ("1note", "1 note", "1 note"),
        ("7up to 9", "7up to 9", "7up to 9"),
        ("2.5Gbit/s", "2.5Gbit/s", "2.5Gbit/s"),
        ("12.05.2024", "12.05 .2024", "12.05.2024"),  # no word
        ("3.A", "3. A", "3.A"),
    ],
)
def test_number_is_apart_from_its_title_where_the_white_is_wide(
    seen: str, drawn: str, expected: str
) -> None:
    assert read(seen, drawn) == expected


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([(0, 40), (50, 58), (62, 90)], [(0, 40), (50, 90)]),  # f, the accent of é, e
        ([(0, 40), (50, 90)], [(0, 40), (50, 90)]),
        ([(0, 40), (45, 85), (90, 98)], [(0, 40), (45, 85), (90, 98)]),  # a full stop
        ([], []),
    ],
)
def test_marks_of_letters_below_each_other_belong_to_the_next(
    pieces: list[tuple[int, int]], expected: list[tuple[int, int]]
) -> None:
    assert _with_marks(pieces) == expected
