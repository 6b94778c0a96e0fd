"""Spaces of monospaced lines, settled by the distances of their characters."""

from __future__ import annotations

import pytest

from app.engines.paddleocr.ctc import Character
from app.engines.paddleocr.words.even_pitch import with_even_spaces


def read(seen: str, places: list[float]) -> str:
    """places: of the characters that are no spaces, in steps."""
    centres = iter(places)
    line, place = [], 0.0
    for text in seen:
        place = place + 0.5 if text == " " else next(centres)
        line.append(Character(text, place / 100, 0.9))
    return "".join(each.text for each in with_even_spaces(line))


def columns_of(text: str) -> list[float]:
    return [at for at, each in enumerate(text) if each != " "]


@pytest.mark.parametrize(
    ("seen", "drawn"),
    [
        ("call self. _name again now", "call self._name again now"),
        ("from . base call import this", "from .base call import this"),
        ("only self. _name", "only self._name"),
    ],
)
def test_space_without_room_is_none(seen: str, drawn: str) -> None:
    assert read(seen, columns_of(drawn)) == drawn


def test_letters_of_different_widths_prove_nothing() -> None:
    uneven = [at * (1.0 if at % 7 else 1.2) for at in columns_of("call self._name again now")]
    assert read("call self. _name again now", uneven) == "call self. _name again now"


def test_capitals_with_narrow_spaces_stay_apart() -> None:
    """All spaces are 1.35 steps long, as in capitals of even width with the spaces of a typeface
    that is not monospaced."""
    words = ["LOCAL", "STAFF", "HOUSE", "BOUND"]
    starts = [0.0, 5.35, 10.7, 16.05]
    places = [start + at for word, start in zip(words, starts, strict=True) for at in range(5)]
    assert read(" ".join(words), places) == " ".join(words)


def test_short_line_stays() -> None:
    assert read("a b", [0, 1]) == "a b"
    assert read("", []) == ""
