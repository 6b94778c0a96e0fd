"""Underscores between letters that were recognized as spaces."""

from __future__ import annotations

import numpy as np
import pytest

from app.engines.lines.crops import Mask
from app.engines.paddleocr.ctc import Character
from app.engines.paddleocr.words.underscores import with_underscores

HEIGHT, STEP = 48, 20  # pixels


def line_of(text: str, ink: Mask) -> list[Character]:
    """Letters as blocks of 16 x 24 pixels on a baseline at three quarters of the height."""
    for at, character in enumerate(text):
        if character not in " _":
            ink[12:36, at * STEP + 2 : at * STEP + 18] = True
    return [
        Character(character, (at * STEP + 10) / ink.shape[1], 0.9 - at / 100)
        for at, character in enumerate(text)
    ]


def read(text: str, stroke: tuple[int, int, int, int] | None) -> str:
    """stroke: top, bottom, left and right of extra ink beside the letters."""
    ink = np.zeros((HEIGHT, STEP * len(text)), bool)
    line = line_of(text, ink)
    if stroke:
        top, bottom, left, right = stroke
        ink[top:bottom, left:right] = True
    return "".join(each.text for each in with_underscores(line, ink))


def test_stroke_between_the_feet_of_letters() -> None:
    assert read("ab cd", (39, 42, 40, 60)) == "ab_cd"


@pytest.mark.parametrize(
    ("text", "stroke", "expected"),
    [
        ("ab_cd", (39, 42, 38, 62), "ab_cd"),
        ("ab_cd", (39, 42, 35, 65), "ab__cd"),  # 1.5 times the step from letter to letter
        ("ab cd", (39, 42, 35, 65), "ab__cd"),
        ("_ab", (39, 42, 0, 22), "_ab"),
        ("ab_ cd", (39, 42, 36, 60), "ab_ cd"),  # both seen
        ("ab__cd", (39, 42, 48, 82), "ab __cd"),
        ("ab_    cd", (39, 42, 36, 120), "ab_    cd"),  # a blank to fill in
    ],
)
def test_underscores_are_as_many_as_their_stroke_is_long(
    text: str, stroke: tuple[int, int, int, int], expected: str
) -> None:
    assert read(text, stroke) == expected


@pytest.mark.parametrize(
    ("text", "stroke"),
    [
        ("ab cd", None),
        ("ab cd", (39, 42, 0, 100)),  # an underlined link
        ("ab cd", (39, 42, 20, 60)),  # under a letter as well
        ("ab cd", (22, 25, 40, 60)),  # a dash
        ("ab cd", (12, 42, 42, 58)),  # a letter that was not read
        ("ab cd", (39, 42, 47, 52)),  # a speck
        ("ab: cd", (39, 42, 60, 80)),  # a blank to fill in
    ],
)
def test_what_is_no_underscore(text: str, stroke: tuple[int, int, int, int] | None) -> None:
    assert read(text, stroke) == text


def test_neighbours_of_monospaced_type_have_white_beside_them() -> None:
    """As in self._name: there is white beside a full stop, but no space."""
    ink = np.zeros((HEIGHT, 7 * STEP), bool)
    line = line_of("ab._cde", ink)
    ink[:, 2 * STEP : 3 * STEP] = False
    ink[32:36, 2 * STEP + 8 : 2 * STEP + 12] = True
    ink[39:42, 3 * STEP + 1 : 4 * STEP - 1] = True
    assert "".join(each.text for each in with_underscores(line, ink)) == "ab._cde"


def test_stroke_of_narrow_type_is_one_underscore() -> None:
    """Half as long as the type is high, which is 1.6 steps of narrow letters."""
    ink = np.zeros((HEIGHT, 5 * STEP + 12), bool)
    line = line_of("ab", ink)
    for at, text in enumerate("cd"):
        left = 3 * STEP + 12 + at * STEP
        ink[2:36, left + 2 : left + 18] = True
        line.append(Character(text, (left + 10) / ink.shape[1], 0.9))
    ink[39:42, 40:72] = True
    line.insert(2, Character("_", 56 / ink.shape[1], 0.9))
    ink[2:12, 2:18] = True
    assert "".join(each.text for each in with_underscores(line, ink)) == "ab_cd"
