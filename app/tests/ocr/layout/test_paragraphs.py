"""Beginnings and continuations of paragraphs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.ocr.layout.elements import Fill, Piece
from app.ocr.result import Bbox

from .setting import PITCH, PROSE, box, column, inked, piece, read


def lengths(pieces: list[Piece], fills: list[Fill] | None = None) -> list[int]:
    return [len(block.lines) for block in read(pieces, fills=fills)]


def lines(texts: list[str], x: int, y: int) -> list[Piece]:
    return [piece(text, x, y + at * PITCH) for at, text in enumerate(texts)]


def test_indented_first_lines() -> None:
    first = lines([*PROSE[:4]], 50, 100)
    second = lines([*PROSE[1:5]], 50, 100 + 4 * PITCH)
    indented = [piece(PROSE[0], 74, 100), piece(PROSE[1], 74, 100 + 4 * PITCH)]
    assert lengths([indented[0], *first[1:], indented[1], *second[1:]]) == [4, 4]


def test_hanging_entries() -> None:
    entries = []
    for at in range(3):
        y = 100 + 3 * at * PITCH
        entries += [piece(f"Author {PROSE[at]}", 50, y)]
        entries += lines(list(PROSE[:2]), 90, y + PITCH)
    assert lengths(entries) == [3, 3, 3]


def test_hanging_entries_among_paragraphs() -> None:
    """Most lines of the page begin at the edge, where each entry has its first line only."""
    pieces = column("a", 50, 100, 6)
    for at in range(2):
        y = 100 + (7 + 4 * at) * PITCH
        pieces += [piece(f"Entry{at} {PROSE[at]}", 50, y), *lines([*PROSE[2:4]], 80, y + PITCH)]
    assert lengths([*pieces, *column("b", 50, 100 + 15 * PITCH, 4)]) == [6, 3, 3, 4]


def test_larger_space_parts_paragraphs_and_double_spacing_does_not() -> None:
    assert lengths(column("a", 50, 100, 4) + column("b", 50, 100 + 4 * PITCH + 14, 4)) == [4, 4]
    assert lengths([piece(text, 50, 100 + 48 * at) for at, text in enumerate(PROSE)]) == [6]


def test_sentence_that_ends_in_a_short_line_ends_the_paragraph() -> None:
    texts = [*PROSE[:3], "and left.", *(text.capitalize() for text in PROSE[3:4]), *PROSE[4:]]
    assert lengths(lines(texts, 50, 100)) == [4, 3]


@pytest.mark.parametrize(("word", "expected"), [("morning.", [6]), ("Morning.", [5, 1])])
def test_last_word_of_a_sentence_belongs_to_it_though_its_box_is_too_small(
    word: str, expected: list[int]
) -> None:
    *full, last = [inked(each) for each in lines([*PROSE[:5], word], 50, 100)]
    left, top, right, bottom = last.words[0].bbox
    small = replace(last.words[0], bbox=Bbox(left, top + 5, right, bottom - 2))
    assert lengths([*full, replace(last, words=(small,), bold=True)]) == expected


def test_poem_is_one_block() -> None:
    verses = ["The river sleeps,", "a boat comes in,", "its lamp is small,", "its sail is thin"]
    assert lengths(lines(verses, 50, 100)) == [4]


def test_paragraph_goes_on_in_the_next_column() -> None:
    left = lines([*PROSE[:5], "and every window was trans-"], 50, 100)
    right = lines(["parent again, so that children", *PROSE[1:4], "came home."], 480, 100)
    (block,) = read([*left, *right])
    assert len(block.lines) == 11
    assert block.lines[6].text.startswith("parent")


def test_paragraph_that_ends_with_its_column_does_not_go_on() -> None:
    left = lines([*PROSE[:5], "and every window was lit."], 50, 100)
    right = lines(["The children came home when", *PROSE[1:4], "went out."], 480, 100)
    assert lengths([*left, *right]) == [6, 5]


def test_paragraph_around_a_box() -> None:
    narrow = lines(list(PROSE), 50, 100)
    wide = [piece(f"{PROSE[at]} {PROSE[at + 1]}", 50, 100 + (6 + at) * PITCH) for at in range(4)]
    fills = [Fill(Bbox(420, 95, 700, 252), 220)]
    facts = [piece("Facts of it", 440, 120), piece("built 1903", 440, 180)]
    blocks = read([*narrow, *wide, *facts], fills=fills)
    assert next(len(block.lines) for block in blocks) == 10
    assert {word.text for block in blocks[1:] for line in block.lines for word in line.words} >= {
        "Facts",
        "built",
    }


def test_paragraphs_of_two_lines_are_told_from_hanging_entries() -> None:
    """Half of the lines are indented in both; where sentences end differs."""
    indented, hanging = [], []
    for at in range(4):
        y = 100 + 2 * at * PITCH
        indented += [piece(PROSE[at], 74, y), piece("a balcony above the market.", 50, y + PITCH)]
        hanging += [piece(PROSE[at], 50, y), piece("a balcony above the market.", 74, y + PITCH)]
    assert lengths(indented) == [2, 2, 2, 2]
    assert lengths(hanging) == [2, 2, 2, 2]


def test_indented_paragraph_below_hanging_entries() -> None:
    entries = []
    for at in range(3):
        y = 100 + 3 * at * PITCH
        entries += [piece(f"Author {PROSE[at]}", 50, y)]
        entries += lines([PROSE[0], "at the market."], 90, y + PITCH)
    last = 100 + 9 * PITCH
    paragraph = [piece(f"Boats {PROSE[1]}", 74, last), piece(PROSE[2], 50, last + PITCH)]
    assert lengths([*entries, *paragraph])[-1] == 2


def test_lines_beside_a_large_initial_are_of_one_paragraph() -> None:
    texts = lines([*PROSE[:2]], 100, 100) + lines([*PROSE[2:6]], 50, 100 + 2 * PITCH)
    assert lengths([piece("T", 50, 96, 50), *texts]) == [6]


def test_paragraphs_of_one_line_that_are_indented() -> None:
    texts = ["The boats came.", "Tables of boats are above the old", *PROSE[:3]]
    pieces = [piece(texts[0], 74, 100), piece(texts[1], 74, 100 + PITCH)]
    assert lengths([*pieces, *lines(texts[2:], 50, 100 + 2 * PITCH)]) == [1, 4]


def test_prose_below_terms_and_their_meanings() -> None:
    pieces = []
    for at, term in enumerate(("wrapfig", "lettrine", "dropping")):
        pieces += [piece(term, 80, 100 + at * PITCH), piece(PROSE[at], 220, 100 + at * PITCH)]
    pieces += lines(["Boats of the harbor and many boats", *PROSE[:3]], 50, 100 + 3 * PITCH)
    blocks = read(pieces)
    assert blocks[-1].text.startswith("Boats")


def test_few_lines_with_wide_leading_that_fill_their_box() -> None:
    """The leading of the page's other text is narrower."""
    loose = [
        piece(text, 50, 600 + at * 38)
        for at, text in enumerate([f"boats {PROSE[0]}", f"lamps {PROSE[1]}", "and went home."])
    ]
    around = [*lines(list(PROSE), 50, 100), *lines(list(PROSE), 50, 300)]
    blocks = read([*around, *loose], box(30, 580, 480, 720))
    assert len(blocks[-1].lines) == 3
