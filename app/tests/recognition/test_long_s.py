"""The long s of early print, read as f."""

from __future__ import annotations

import pytest

from app.ocr.result import Bbox, Block, Line, Page, Word
from app.recognition.long_s import with_long_s_settled, with_s

EARLY = (
    "funt hæc autem ipfa verba quæ poft mortem fuam nobis reliquit femper effe\n"
    "caufam & fpatium inter confequentia, nifi forte manus ejufdem fit hoftis.\n"
    "It is moft certain that fuch perfons who have paffed the ftreets muft firft\n"
)
MODERN = (
    "The first of these forms is filed after the staff has left for the afternoon,\n"
    "so please fill in the fields for fees before the offices of the firm are shut.\n"
    "Half of the profit itself is often left for the father's family and friends.\n"
)


def page_of(text: str) -> Page:
    box = Bbox(0, 0, 50, 20)
    lines = (Line(tuple(Word(each, box, 0.9) for each in row.split())) for row in text.splitlines())
    return Page(1, 900, 300, (Block(tuple(lines)),))


def test_long_s_of_an_early_print() -> None:
    read = with_long_s_settled(page_of(EARLY)).text
    assert read.splitlines()[0].startswith("sunt hæc autem ipsa verba quæ post mortem suam")
    assert "causam & spatium inter consequentia, nisi forte" in read
    assert "most certain that such persons" in read


@pytest.mark.parametrize("text", [MODERN, "f(x) fff\nof if", "", EARLY.splitlines()[1],
                                  EARLY + "Weiſe"])  # fmt: skip
def test_pages_without_one_or_with_few_words_stay(text: str) -> None:
    page = page_of(text)
    assert with_long_s_settled(page) is page


@pytest.mark.parametrize(
    ("word", "expected"),
    [("eft", "est"), ("of", "of"), ("ftaff", "staff"), ("fpatiofiffimis", "spatiosissimis")],
)
def test_word_as_it_is_most_plausible(word: str, expected: str) -> None:
    assert with_s(word) == expected
