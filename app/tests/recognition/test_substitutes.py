"""Characters that recognizers confuse, corrected where the surrounding words leave no doubt."""

from __future__ import annotations

import pytest

from app.ocr.result import Bbox, Block, Line, Page, Word
from app.recognition.substitutes import with_substitutes_settled


def settled(*lines: str, language: str = "eng") -> list[str]:
    def line(text: str) -> Line:
        words = (Word(word, Bbox(0, 0, 9, 9), 0.9) for word in text.split())
        return Line(tuple(words))

    page = Page(1, 100, 100, (Block(tuple(map(line, lines))),), languages=(language,))
    return [each.text for each in with_substitutes_settled(page).lines]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Bill Tα paid", "Bill Ta paid"),
        ("Nοra and ΚATE", "Nora and KATE"),
        ("0,8 %o im Blut", "0,8 ‰ im Blut"),
        ("(4.5%o)", "(4.5‰)"),
        ("4.5%o, 12 %0.", "4.5‰, 12 ‰."),
        ("e ∥/ f", "e // f"),
        ("http:∥/x.org", "http://x.org"),
    ],
)
def test_what_fits_is_taken(read: str, meant: str) -> None:
    assert settled(read) == [meant]


@pytest.mark.parametrize(
    "text", ["α and sinα", "5 µm Δx", 'print "%o"', "50 % of all", "Ωm", "∥x + y∥", "AB ∥ CD"]
)
def test_formulas_and_formats_stay(text: str) -> None:
    assert settled(text) == [text]


def test_greek_letter_of_its_own_on_the_page_keeps_the_others() -> None:
    assert settled("with the angle α", "is Tα") == ["with the angle α", "is Tα"]
    assert settled("arctanα", "ρgh and α") == ["arctanα", "ρgh and α"]


def test_long_word_is_latin_beside_greek_letters_as_well() -> None:
    assert settled("the angle α", "Octοber") == ["the angle α", "October"]


def test_greek_page_is_left_alone() -> None:
    assert settled("Kαι Tα", language="ell") == ["Kαι Tα"]
