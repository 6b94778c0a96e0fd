"""Spaces that the network misses between words, and marks apart from their letters."""

from __future__ import annotations

import numpy as np
import pytest

from app.engines.paddleocr.ctc import Character
from app.engines.paddleocr.words.boxes import _with_marks
from app.engines.paddleocr.words.spaces import with_lost_spaces, with_number_apart

LETTER, BETWEEN, SPACE = 8, 2, 10  # pixels


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
    return "".join(each.text for each in with_lost_spaces(line, np.array(columns)))


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
        ("noother space", "no other space"),  # too few to compare with
        ("word", "wo rd"),
        ("", ""),
    ],
)
def test_what_is_no_clear_space_stays(seen: str, drawn: str) -> None:
    assert read(seen, drawn) == seen


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ("16.10.4Usage of memory", "16.10.4 Usage of memory"),
        ("2.1.Überblick", "2.1. Überblick"),
        ("3.Zweck", "3. Zweck"),
        ("4.1 Usage", "4.1 Usage"),
        ("2.5Gbit/s", "2.5Gbit/s"),
        ("2.4GHz", "2.4GHz"),
        ("1.5.x86", "1.5.x86"),
        ("1.txt", "1.txt"),
        ("12.05.2024", "12.05.2024"),
        ("3.A", "3.A"),
        ("", ""),
    ],
)
def test_number_of_a_section_is_apart_from_its_title(seen: str, expected: str) -> None:
    line = [Character(each, (at + 0.5) / len(seen), 0.9) for at, each in enumerate(seen)]
    found = with_number_apart(line)
    assert "".join(each.text for each in found) == expected
    assert [each.position for each in found] == sorted(each.position for each in found)


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
