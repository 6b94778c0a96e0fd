from __future__ import annotations

import random

from app.ocr.layout import layout
from app.ocr.layout.elements import PageElements, Piece
from app.ocr.result import Bbox, Block, Line, Word

CHARACTER = 10
HEIGHT = 20
PITCH = 30


def line(text: str, x: int, y: int, direction: str = "ltr") -> Line:
    """Words on one baseline, ten pixels a character, one character apart."""
    words, left = [], x
    for word in text.split():
        right = left + CHARACTER * len(word)
        words.append(Word(word, Bbox(left, y, right, y + HEIGHT), 0.9))
        left = right + CHARACTER
    return Line(tuple(words), direction)


def column(name: str, x: int, y: int, count: int) -> list[Line]:
    return [
        line(f"{name}{at} lorem ipsum dolor sit amet", x, y + at * PITCH) for at in range(count)
    ]


def read(lines: list[Line]) -> tuple[Block, ...]:
    """The blocks of the lines in no particular order, as from a detector."""
    shuffled = random.Random(7).sample(lines, len(lines))
    return laid_out(shuffled)


def laid_out(lines: list[Line]) -> tuple[Block, ...]:
    pieces = tuple(Piece(line.words, line.direction) for line in lines)
    box = Bbox.around(piece.bbox for piece in pieces)
    return layout(PageElements(box.right, box.bottom, pieces))


def first_words(blocks: tuple[Block, ...]) -> list[str]:
    return [each.words[0].text for block in blocks for each in block.lines]


def test_columns_are_read_one_after_the_other() -> None:
    lines = column("a", 0, 0, 6) + column("b", 360, 4, 6) + column("c", 720, 8, 6)
    expected = [f"{name}{at}" for name in "abc" for at in range(6)]
    assert first_words(read(lines)) == expected


def test_heading_above_and_footer_below_columns_keep_their_places() -> None:
    wide = "Title words that run across both of the columns of this page entirely"
    lines = [line(wide, 0, 0), line(wide.replace("Title", "Footer"), 0, 400)]
    lines += column("a", 0, 60, 8) + column("b", 380, 60, 8)
    words = first_words(read(lines))
    assert words[0] == "Title"
    assert words[-1] == "Footer"
    assert words[1:-1] == [f"{name}{at}" for name in "ab" for at in range(8)]


def test_line_that_a_detector_ran_across_the_gutter_is_parted() -> None:
    lines = column("a", 0, 0, 6) + column("b", 360, 0, 6)
    across = Line(lines[0].words + lines[6].words)
    words = first_words(read([across, *lines[1:6], *lines[7:]]))
    assert words == [f"{name}{at}" for name in "ab" for at in range(6)]


def test_table_is_read_row_by_row_as_one_block() -> None:
    rows = [("January", "1", "Winter"), ("May", "5", "Spring"), ("August", "8", "Summer")]
    lines = [
        line(cell, x, y * PITCH)
        for y, row in enumerate(rows)
        for x, cell in zip((0, 300, 500), row, strict=True)
    ]
    (table,) = read(lines)
    assert table.kind == "table"
    assert table.grid == [list(row) for row in rows]


def test_pieces_of_one_row_become_one_line() -> None:
    (block,) = read([line("Total", 0, 0), line("amount due", 70, 3)])
    assert [each.text for each in block.lines] == ["Total amount due"]


def test_gap_larger_than_the_leading_parts_paragraphs() -> None:
    blocks = read(column("a", 0, 0, 4) + column("b", 0, 4 * PITCH + 20, 4))
    assert [len(block.lines) for block in blocks] == [4, 4]


def test_vertical_text_is_read_from_right_to_left() -> None:
    def vertical(text: str, x: int) -> Line:
        return Line((Word(text, Bbox(x, 0, x + 20, 200), 0.9),), "ttb")

    blocks = read([vertical("左", 0), vertical("中", 30), vertical("右", 60)])
    assert [each.text for block in blocks for each in block.lines] == ["右", "中", "左"]


def test_no_line_is_lost_or_doubled() -> None:
    lines = column("a", 0, 0, 5) + column("b", 400, 13, 7) + [line("stray", 900, 50)]
    words = [word for block in read(lines) for each in block.lines for word in each.words]
    expected = [word.text for each in lines for word in each.words]
    assert sorted(word.text for word in words) == sorted(expected)


def test_blank_page_has_no_blocks() -> None:
    assert laid_out([]) == ()
