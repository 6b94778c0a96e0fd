"""Right-to-left text of PDFs, whose glyphs come in several orders."""

from __future__ import annotations

import pytest

from app.ocr.source.pdf.bidi import bracketed, in_reading_order
from app.ocr.source.pdf.glyphs import Glyph
from app.ocr.source.pdf.lines import pieces_of_glyphs

SIZE, WIDTH = 20.0, 10.0


def glyph(text: str, left: float, spaced: bool = False) -> Glyph:
    box = (left, 100.0, left + WIDTH, 120.0)
    return Glyph(text, box, box, (left, 116.0), SIZE, 0, spaced, False, None)


def leftwards(*words: str, right: float = 500.0) -> list[Glyph]:
    """Each letter is left of the one before it; Latin words and numbers run the other way."""
    glyphs: list[Glyph] = []
    for number, word in enumerate(words):
        left = right - WIDTH * len(word)
        rightwards = word.isascii() and word.isalnum()
        for at, letter in enumerate(word):
            place = left + WIDTH * at if rightwards else right - WIDTH * (at + 1)
            glyphs.append(glyph(letter, place, spaced=at == 0 and number > 0))
        right = left - 0.4 * SIZE
    return glyphs


def words(glyphs: list[Glyph]) -> list[str]:
    return [word.text for piece, _ in pieces_of_glyphs(glyphs) for word in piece.words]


def visually(glyphs: list[Glyph]) -> list[Glyph]:
    """One word with its letters from left to right; the space before it stays before it."""
    turned = glyphs[::-1]
    first, last = turned[0], turned[-1]
    turned[0], turned[-1] = first._replace(spaced=last.spaced), last._replace(spaced=False)
    return turned


@pytest.mark.parametrize("text", [("افتتح", "متحف", "المدينة"), ("מוזיאון", "הנמל", "פתח")])
def test_words_in_visual_order_are_turned_round(text: tuple[str, ...]) -> None:
    glyphs = leftwards(*text)
    assert words(glyphs) == list(text)
    first, second = len(text[0]), len(text[0]) + len(text[1])
    for turned in (
        visually(glyphs[:first]) + glyphs[first:],
        glyphs[:first] + visually(glyphs[first:second]) + glyphs[second:],
    ):
        assert words(turned) == list(text)


def test_marks_above_letters_are_not_turned() -> None:
    base, mark = glyph("ב", 300), glyph("\N{HEBREW POINT PATAH}", 302)
    assert in_reading_order([base, mark]) == [base, mark]


def test_numbers_and_latin_words_are_next_to_their_neighbours() -> None:
    text = ("בשנת", "2024", "עם", "PDF", "קריאה")
    assert words(leftwards(*text)) == list(text)


@pytest.mark.parametrize("brackets", ["()", "))", "((", ")("])
def test_brackets_open_and_close_whatever_the_writer_calls_them(brackets: str) -> None:
    inside = leftwards("PDF", right=402)
    glyphs = [*leftwards("לקריאה", right=480), glyph(brackets[0], 402, spaced=True)]
    glyphs += [each._replace(spaced=False) for each in inside]
    glyphs += [glyph(brackets[1], 362), glyph(".", 352)]
    assert words(glyphs) == ["לקריאה", "(PDF)."]


def test_space_that_comes_after_the_bracket_it_is_before() -> None:
    glyphs = [*leftwards("לקריאה", right=480), glyph(")", 402)]
    glyphs += [*leftwards("PDF", right=402), glyph(")", 362)]
    glyphs[7] = glyphs[7]._replace(spaced=True)
    assert words(glyphs) == ["לקריאה", "(PDF)"]


def test_a_numbered_item_keeps_its_closing_bracket() -> None:
    assert [bracketed(word) for word in ("א)", "1)", ").", "ש(ים)")] == ["א)", "1)", ").", "ש(ים)"]


def test_the_full_stop_of_an_item_follows_its_number() -> None:
    assert [bracketed(word) for word in (".1", ".12", "1.5", ".א")] == ["1.", "12.", "1.5", ".א"]
    first, *letters = leftwards("אבג", "דהו", right=470)
    item = [glyph(".", 480), glyph("1", 490), first._replace(spaced=True), *letters]
    assert words(item) == ["1.", "אבג", "דהו"]
