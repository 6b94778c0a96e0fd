"""Headings of several lines, their levels, and entries of contents pages, which are no headings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.ocr.layout.elements import Piece

from .setting import PITCH, PROSE, column, inked, kinds, piece, read


def numbered(number: str, texts: list[str], y: int, size: int = 20, **known: object) -> list[Piece]:
    """A number, followed by text whose further lines are indented to its start."""
    found = [piece(number, 50, y, size, **known)]
    return found + [
        piece(text, 110, y + at * PITCH * size // 20, size, **known)
        for at, text in enumerate(texts)
    ]


def test_level_by_depth_of_numbers_where_all_are_of_one_type() -> None:
    pieces = [piece("Summary", 50, 100, bold=True), *column("a", 50, 130, 3)]
    for at, number in enumerate(("1", "1.1", "1.2", "2")):
        y = 240 + 140 * at
        pieces += [*numbered(number, ["Boats of the harbor"], y, bold=True)]
        pieces += column(f"b{at}", 50, y + 30, 3)
    found = [(block.text, block.level) for block in read(pieces) if block.kind == "heading"]
    assert [level for _, level in found] == [1, 1, 2, 2, 1]


@pytest.mark.parametrize("known", [{"bold": True}, {"size": 28}])
def test_second_line_under_the_text_of_a_numbered_heading(known: dict[str, int]) -> None:
    texts = ["Concepts of the harbor and of", "its keywords"]
    pieces = [*column("a", 50, 100, 3), *numbered("8", texts, 210, **known)]
    pieces += column("b", 50, 300, 4)
    blocks = read(pieces)
    assert kinds(blocks) == ["text", "heading", "text"]
    assert len(blocks[1].lines) == 3 - 1


def test_centred_heading_above_one_at_the_margin() -> None:
    middle = 50 + len(f"a0 {PROSE[0]}") * 5
    pieces = [piece("Method", middle - 30, 100, bold=True), piece("Boats", 50, 126, bold=True)]
    found = read([*pieces, *column("a", 50, 152, 5)])
    assert [block.text for block in found if block.kind == "heading"] == ["Method", "Boats"]


def test_title_of_two_lines_in_large_type() -> None:
    """The white space between its lines is in proportion to its size."""
    pieces = [piece("Boats of the harbor", 120, 100, 34), piece("and the town", 180, 146, 34)]
    blocks = read([*pieces, *column("a", 50, 230, 8)])
    assert [len(block.lines) for block in blocks] == [2, 8]


def test_small_capitals_that_are_written_small() -> None:
    pieces = [*column("a", 50, 100, 4), piece("1.2", 50, 240), piece("style options", 110, 240)]
    assert kinds(read([*pieces, *column("b", 50, 290, 4)])) == ["text", "heading", "text"]


@pytest.mark.parametrize("leader", ["", " ........ "])
def test_entries_of_a_contents_page_are_no_headings(leader: str) -> None:
    pieces = [piece("Contents", 50, 100, 30)]
    for at, text in enumerate(("Harbor", "Boats of the town", "Market")):
        y = 200 + 2 * PITCH * at
        pieces += [piece(f"{text}{leader}", 50, y, bold=True), piece(f"{at}7", 700, y, bold=True)]
        pieces += column(f"a{at}", 90, y + PITCH, 1)
    pieces += column("b", 50, 420, 6)
    found = [block.text for block in read(pieces) if block.kind == "heading"]
    assert found == ["Contents"]


@pytest.mark.parametrize("known", [{"bold": True}, {"italic": True}])
def test_small_numbered_heading_with_white_around_it(known: dict[str, bool]) -> None:
    heading = piece("2. Boats of the harbor", 100, 240, 18, **known)
    pieces = [*column("a", 50, 100, 4), heading, *column("b", 50, 290, 4)]
    assert kinds(read(pieces)) == ["text", "heading", "text"]


@pytest.mark.parametrize(
    "text",
    ["E = mc2 + 4 (12)", "g+g+ → g+g+g+ (2.6')", "F = ma or F = m", "Ei = ∑ (l + 1) (Ml − iNl)"],
)
def test_formulas_are_no_headings(text: str) -> None:
    """Set larger than the text, with white around them."""
    pieces = [*column("a", 50, 100, 4), piece(text, 120, 240, 26), *column("b", 50, 300, 4)]
    assert "heading" not in kinds(read(pieces))


@pytest.mark.parametrize(
    "text", ["Ohm: U = RI in practice", "Über die Größe E", "Εισαγωγή", "Using C++ here"]
)
def test_headings_with_symbols(text: str) -> None:
    pieces = [*column("a", 50, 100, 4), piece(text, 50, 240, 26), *column("b", 50, 300, 4)]
    assert kinds(read(pieces)) == ["text", "heading", "text"]


def test_sentence_that_measures_larger_is_no_heading() -> None:
    """Raised marks make its ink higher; the source gives no type sizes."""
    texts = [*column("a", 50, 100, 4), *column("b", 50, 300, 4)]
    sentence = piece("This key sets the name of it.", 50, 240, 26)
    assert "heading" not in kinds(read([inked(each) for each in (*texts, sentence)]))


def test_short_line_with_a_decimal_number_above_an_indented_paragraph() -> None:
    pieces = [*column("a", 50, 100, 4), piece("3.1.1 Boats", 50, 250)]
    pieces += [piece(text, 74 if not at else 50, 276 + at * PITCH) for at, text in enumerate(PROSE)]
    assert kinds(read(pieces)) == ["text", "heading", "text"]


def test_full_lines_on_a_page_of_small_notes_are_no_heading() -> None:
    notes = [each for at in range(4) for each in column(f"n{at}", 50, 300 + 200 * at, 8, 17)]
    pieces = [
        piece(f"{text} and some more", 50, 100 + at * PITCH) for at, text in enumerate(PROSE[:3])
    ]
    assert "heading" not in kinds(read([*pieces, *notes]))


def test_heading_right_below_another() -> None:
    pieces = [*column("a", 50, 100, 4), piece("3. Boats", 50, 250, bold=True)]
    pieces += [piece("3.1. Lamps of boats", 50, 276, italic=True), *column("b", 50, 320, 4)]
    assert kinds(read(pieces)) == ["text", "heading", "heading", "text"]


def table(y: int, size: int = 20) -> list[Piece]:
    """Four rows of a name and two numbers."""
    return [
        piece(text, x, y + at * PITCH, size)
        for at, name in enumerate(("Gulls", "Terns", "Ducks", "Geese"))
        for x, text in ((50, name), (400, f"{at + 3}.5"), (650, f"{at + 20}.1"))
    ]


@pytest.mark.parametrize("known", [{"bold": True}, {"size": 28}])
def test_title_above_a_table_without_other_text(known: dict[str, int]) -> None:
    blocks = read([piece("Birds of the harbor", 50, 60, **known), *table(160)])
    assert kinds(blocks) == ["heading", "table"]


def test_text_a_little_larger_than_that_of_the_only_table() -> None:
    pieces = [piece("Birds of the harbor", 50, 60, 30, bold=True), *table(160, 18)]
    pieces += [piece("No birds were counted on Sunday", 50, 300), piece("or at night.", 50, 326)]
    assert kinds(read(pieces)) == ["heading", "table", "text"]


def test_rows_of_labels_and_values_in_larger_type() -> None:
    pieces = [*column("a", 50, 100, 6), *column("b", 50, 800, 6), *column("c", 50, 1100, 6)]
    for at, (label, value) in enumerate([("Place", "Old hall"), ("Day", "Monday")]):
        pieces += [piece(label, 50, 400 + 36 * at, 26), piece(value, 300, 400 + 36 * at, 26)]
    pieces += [piece("Present:", 50, 600, 26), piece("the whole crew", 300, 600, 26)]
    pieces += [piece("Ticket", 50, 700, 26), piece("€18.50", 600, 700, 26)]
    assert "heading" not in kinds(read(pieces))


def test_bold_questions_with_numbers_that_end_with_a_full_stop() -> None:
    pieces = [piece("Two remarks in bold.", 50, 60, bold=True), *column("a", 50, 86, 3)]
    for number, text in ((1, "Which boats have you seen?"), (2, "Which crews? Tick all of them.")):
        pieces += [piece(f"{number}. {text}", 50, 120 + 120 * number, bold=True)]
        pieces += column(f"b{number}", 50, 150 + 120 * number, 3)
    found = [block.text[:2] for block in read(pieces) if block.kind == "heading"]
    assert found == ["1.", "2."]


def test_level_of_measured_headings_whose_boxes_leave_out_one_letter_below_the_line() -> None:
    pieces = []
    for at, text in enumerate(("Which of the boats did you see", "What could be done better")):
        line = inked(piece(text, 50, 100 + 240 * at, 24, bold=True))
        boxes = [word.bbox._replace(bottom=round(100 + 240 * at + 18.7)) for word in line.words]
        words = [replace(word, bbox=box) for word, box in zip(line.words, boxes, strict=True)]
        pieces += [replace(line, words=tuple(words))]
        pieces += map(inked, column(f"a{at}", 50, 140 + 240 * at, 6))
    assert [block.level for block in read(pieces) if block.kind == "heading"] == [1, 1]
