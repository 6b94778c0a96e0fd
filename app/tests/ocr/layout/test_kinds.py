"""Kinds of blocks: headings and their levels, lists, captions, furniture, footnotes, code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox, Word

from .setting import HEIGHT, PITCH, PROSE, column, inked, kinds, piece, read, rule


def test_headings_have_levels_by_size() -> None:
    pieces = [piece("Harbor news", 50, 100, 40), *column("a", 50, 180, 4)]
    pieces += [piece("Boats", 50, 330, 28), *column("b", 50, 380, 4)]
    pieces += [piece("Market", 50, 530, 28), *column("c", 50, 580, 4)]
    found = [(block.text, block.level) for block in read(pieces) if block.kind == "heading"]
    assert found == [("Harbor news", 1), ("Boats", 2), ("Market", 2)]


def test_bold_line_and_numbered_line_are_headings() -> None:
    pieces = [piece("Boats and sails", 50, 100, bold=True), *column("a", 50, 126, 4)]
    pieces += [piece("2.1 Market days", 50, 270), *column("b", 50, 310, 4)]
    assert kinds(read(pieces)) == ["heading", "text", "heading", "text"]


def test_numbered_line_in_small_capitals_is_a_heading() -> None:
    pieces = [*column("a", 50, 100, 4), piece("II. RELATED WORK", 130, 230, 16)]
    assert kinds(read([*pieces, *column("b", 50, 275, 4)])) == ["text", "heading", "text"]


@pytest.mark.parametrize("line", ["14 March 2024", "The end.", "12 Quay Street", "and so on,"])
def test_short_lines_that_are_no_headings(line: str) -> None:
    pieces = [*column("a", 50, 100, 5), piece(line, 50, 260), *column("b", 50, 310, 5)]
    assert "heading" not in kinds(read(pieces))


def test_list_items_have_markers_and_depth() -> None:
    items = [("•", "bread and salt", 60), ("•", "lamps", 60), ("–", "oil lamps", 100)]
    items += [("–", "candles", 100), ("•", "a boat", 60)]
    pieces = column("a", 50, 100, 3)
    for at, (marker, text, x) in enumerate(items):
        y = 100 + (3 + at) * PITCH
        pieces += [piece(marker, x, y), piece(text, x + 30, y)]
    found = [(block.marker, block.level) for block in read(pieces) if block.kind == "list"]
    assert found == [("•", 1), ("•", 1), ("–", 2), ("–", 2), ("•", 1)]


def test_item_of_two_lines_is_one_block() -> None:
    pieces = [piece("1. bread and salt for all of", 60, 100), piece("the boats", 90, 126)]
    pieces += [piece("2. lamps", 60, 152)]
    assert [len(block.lines) for block in read(pieces)] == [2, 1]


def test_items_whose_further_lines_begin_at_the_margin() -> None:
    """As in Russian print: the item is indented like a paragraph."""
    pieces = []
    for at, name in enumerate("abc"):
        y = 100 + 2 * at * PITCH
        pieces += [piece(f"{at + 1}) {name} {PROSE[0]}", 80, y)]
        pieces += [piece("and they went home.", 50, y + PITCH)]
    blocks = read(pieces)
    assert [(block.kind, len(block.lines)) for block in blocks] == [("list", 2)] * 3


def test_paragraph_with_a_number_and_a_heading_in_its_first_line() -> None:
    pieces = [*column("a", 50, 100, 3)]
    for at in range(2):
        y = 200 + 4 * at * PITCH
        pieces += [piece(f"6.{at + 1} Boats. The harbor museum it", 74, y)]
        pieces += [piece(text, 50, y + (1 + n) * PITCH) for n, text in enumerate(PROSE[:2])]
    assert [(block.kind, len(block.lines)) for block in read(pieces)][1:] == [("text", 3)] * 2


def test_title_between_dashes_is_no_item() -> None:
    pieces = [piece("— Boats —", 150, 100), *column("a", 50, 150, 4)]
    assert "list" not in kinds(read(pieces))


def test_items_with_choices_between_them() -> None:
    pieces = []
    for at, question in enumerate(("Boats of the harbor", "Lamps of boats")):
        y = 100 + 2 * at * 2 * PITCH
        pieces += [piece(f"{at + 1}. {question}", 50, y)]
        for n, choice in enumerate(("bread", "salt")):
            pieces += [piece(f"{'AB'[n]}. {choice}", 80, y + (1 + n) * PITCH)]
    found = [(block.marker, block.level) for block in read(pieces)]
    assert found == [("1.", 1), ("A.", 2), ("B.", 2), ("2.", 1), ("A.", 2), ("B.", 2)]


def test_large_bold_line_behind_an_icon_is_a_heading() -> None:
    pieces = [piece("\ue123 Harbor", 50, 100, 28, bold=True), *column("a", 50, 150, 5)]
    assert kinds(read(pieces)) == ["heading", "text"]


@pytest.mark.parametrize("sign", ["\uf0b7", "\uf0a7", "\ue123"])
def test_bullets_of_symbol_fonts(sign: str) -> None:
    pieces = [piece(f"{sign} {text}", 60, 100 + at * PITCH) for at, text in enumerate(PROSE[:3])]
    blocks = read(pieces)
    assert {block.marker for block in blocks} == {"•"}
    assert blocks[0].text == f"• {PROSE[0]}"


def test_numbers_at_the_beginning_of_prose_are_no_list() -> None:
    texts = (*PROSE[:3], "3. of March when they came", *PROSE[3:])
    pieces = [piece(text, 50, 100 + at * PITCH) for at, text in enumerate(texts)]
    assert kinds(read(pieces)) == ["text"]


@pytest.mark.parametrize(
    ("tab", "speech", "kind"), [(50, True, "list"), (26, True, "text"), (26, False, "list")]
)
def test_long_dashes_are_bullets_unless_they_open_speech(tab: int, speech: bool, kind: str) -> None:
    pieces = []
    for at, text in enumerate(PROSE[:3]):
        said = text.capitalize() if speech else text
        pieces += [piece("—", 60, 100 + at * PITCH), piece(said, 60 + tab, 100 + at * PITCH)]
    assert set(kinds(read(pieces))) == {kind}


def test_rows_of_decimal_numbers_are_no_list() -> None:
    pieces = [piece(f"{at}.{at} 92.84{at}", 60, 100 + (at - 1) * PITCH) for at in (1, 2, 3, 4)]
    assert "list" not in kinds(read(pieces))


def test_captions() -> None:
    picture = Bbox(50, 100, 450, 300)
    below = [piece("Figure 3. The old harbor", 50, 310, 17), *column("a", 50, 380, 5)]
    assert kinds(read(below, pictures=[picture])) == ["caption", "text"]
    beside = [piece("the old harbor", 470, 180, 17), *column("a", 50, 380, 5)]
    assert kinds(read(beside, pictures=[picture])) == ["caption", "text"]
    prose = [piece("Figure 3 shows the harbor", 50, 100), *column("a", 50, 126, 5)]
    assert kinds(read(prose)) == ["text"]


def test_running_head_and_page_number() -> None:
    pieces = [piece("Harbor news", 50, 40, 17), piece("42", 700, 40, 17)]
    pieces += [*column("a", 50, 120, 30), piece("- 7 -", 400, HEIGHT - 60)]
    found = kinds(read(pieces))
    assert found == ["header", "page_number", "text", "page_number"]


def test_page_number_below_a_table() -> None:
    """The page has hardly any text outside the table."""
    pieces = [piece("Results of the year", 100, 150)]
    for at in range(12):
        texts = [
            "Harbor" if at else "Place",
            f"{at}1.50" if at else "Share",
            f"{at}7" if at else "Boats",
        ]
        pieces += [piece(text, 100 + 250 * n, 250 + 40 * at) for n, text in enumerate(texts)]
    pieces.append(piece("251", 480, HEIGHT - 80))
    assert kinds(read(pieces))[-2:] == ["table", "page_number"]


def test_title_at_the_top_is_no_running_head() -> None:
    pieces = [piece("Harbor news", 50, 40, 32), *column("a", 50, 120, 30)]
    assert kinds(read(pieces)) == ["heading", "text"]


def test_first_line_of_prose_is_no_running_head() -> None:
    assert kinds(read(column("a", 50, 40, 48))) == ["text"]


def test_footnotes_come_after_their_column() -> None:
    pieces = column("a", 50, 100, 30) + column("b", 500, 100, 40)
    pieces += [
        piece("1 See the old edition of", 50, 1040, 16),
        piece("2 And its map", 50, 1062, 16),
    ]
    blocks = read(pieces, [rule(50, 1030, 150, 1031)])
    assert kinds(blocks) == ["text", "footnote", "footnote", "text"]


def code(text: str, x: int, y: int) -> Piece:
    """Twelve pixels a character, whatever letter it is."""
    words, left = [], x
    for word in text.split(" "):
        right = left + 12 * len(word)
        if word:
            words.append(Word(word, Bbox(left, y, right - 2, y + 20), 1.0))
        left = right + 12 if word else left + 12
    return Piece(tuple(words), font_size=20.0, monospaced=True)


PROGRAM = (
    "def find(path, names):",
    "    total = 0",
    "    for each in names:",
    "        total += count(each[0])",
    "",
    "    return {'total': total}",
)


@pytest.mark.parametrize("measured", [False, True])
def test_code_is_one_block_with_indentation(measured: bool) -> None:
    lines = [code(line, 50, 240 + at * PITCH) for at, line in enumerate(PROGRAM) if line]
    pieces = [*column("a", 50, 100, 4), *lines]
    if measured:
        pieces = [replace(inked(each), monospaced=None) for each in pieces]
    blocks = read(pieces)
    assert kinds(blocks) == ["text", "code"]
    assert blocks[1].text == "\n".join(PROGRAM)


def test_monospaced_text_within_an_item_is_no_code() -> None:
    item = [piece("[4]", 50, 400), piece("The short guide by Ann Lee and Bo Berg,", 90, 400)]
    address = code("http://www.example.org/guide.pdf", 90, 426)
    following = [piece("[5]", 50, 460), piece("The long guide", 90, 460)]
    found = read([*column("a", 50, 100, 10), *item, address, *following])
    assert kinds(found) == ["text", "list", "list"]


def test_monospaced_entries_of_an_index_are_no_code() -> None:
    entries = ["\\begin ...... 18", "\\bottomfraction ... 71", "\\caption ..... 75"]
    lines = [code(text, 50, 400 + 26 * at) for at, text in enumerate(entries)]
    assert "code" not in kinds(read([*column("a", 50, 100, 10), *lines]))


def test_numbers_in_front_of_monospaced_lines_are_code() -> None:
    texts = ("def boats(town):", "total = 0", "return total")
    pieces = column("a", 50, 100, 5)
    for at, text in enumerate(texts):
        y = 250 + at * PITCH
        pieces += [piece(f"{at + 4}", 50, y, 14), piece(text, 90, y, monospaced=True)]
    assert kinds(read(pieces)) == ["text", "code"]


def test_short_lines_between_numbered_lines_of_code() -> None:
    texts = ("if boats(town) {", "}", "else {", "stay(); }")
    pieces = [piece(f"{at + 9} {text}", 50, 250 + at * PITCH) for at, text in enumerate(texts)]
    pieces = [replace(each, monospaced=at != 1) for at, each in enumerate(pieces)]
    assert kinds(read([*column("a", 50, 100, 5), *pieces])) == ["text", "code"]


def test_numbered_lines_of_prose_are_no_code() -> None:
    """One of them is monospaced and contains symbols, like a command."""
    lines = [piece(f"{at + 9} {PROSE[at % 6]}", 50, 250 + at * PITCH) for at in range(9)]
    lines[4] = piece("13 boats(town).", 50, 250 + 4 * PITCH, monospaced=True)
    found = read([replace(each, monospaced=at == 4) for at, each in enumerate(lines)])
    assert all(len(block.lines) == 1 for block in found if block.kind == "code")


LABELS = (
    "Figure 3.|Cuadro 2.|Quadro 4:|Slika 2.|Rys. 7.|Tabulka 3:|Şekil 2.|Σχήμα 4:|Мал. 5.|Hình 3.|"
    "Gambar 2.|Taulukko 1.|그림 2.|شكل 3:|चित्र 4:|2. ábra"
)


@pytest.mark.parametrize("label", LABELS.split("|"))
def test_labels_of_captions_in_many_languages(label: str) -> None:
    text = piece(f"{label} harbor", 50, 300)
    blocks = read([*column("a", 50, 100, 4), text, *column("b", 50, 400, 4)])
    assert kinds(blocks) == ["text", "caption", "text"]


@pytest.mark.parametrize("text", ["Figura 3 muestra barcos", "la tabla 3. Puerto", "Slika dobra."])
def test_sentences_that_name_a_figure_are_no_captions(text: str) -> None:
    blocks = read([*column("a", 50, 100, 4), piece(text, 50, 300), *column("b", 50, 400, 4)])
    assert "caption" not in kinds(blocks)


def test_words_in_a_picture_are_no_caption() -> None:
    picture = Bbox(50, 100, 450, 350)
    inside = [piece("harbor", 80, 320, 15), piece("samples", 300, 330, 15)]
    blocks = read([*inside, *column("a", 50, 450, 5)], pictures=[picture])
    assert "caption" not in kinds(blocks)


def test_typed_letter_is_no_code() -> None:
    lines = [code(text, 50, 100 + at * PITCH) for at, text in enumerate(PROSE * 2)]
    assert kinds(read(lines)) == ["text"]
    assert kinds(read([replace(inked(line), monospaced=None) for line in lines])) == ["text"]


def test_paragraph_in_an_item_leaves_the_depth_of_those_that_follow() -> None:
    rows = [("•", "boats", 60), ("–", "lamps of the boats", 100), ("", "and of the town", 130)]
    rows += [("–", "oil for the lamps", 100), ("•", "bread", 60)]
    pieces = []
    for at, (marker, text, x) in enumerate(rows):
        y = 100 + 2 * at * PITCH
        pieces += [piece(marker, x, y), piece(text, x + 30, y)] if marker else [piece(text, x, y)]
    found = [block.level for block in read(pieces) if block.kind == "list"]
    assert found == [1, 2, 2, 1]


def test_heading_with_a_decimal_number_between_paragraphs_is_no_item() -> None:
    pieces = column("a", 50, 100, 4)
    for at, title in enumerate(("Boats", "Lamps", "Market days")):
        y = 240 + 200 * at
        pieces += [piece(f"1.{at + 4} {title}", 50, y), *column(f"b{at}", 50, y + 50, 4)]
    assert kinds(read(pieces)) == ["text", *["heading", "text"] * 3]
