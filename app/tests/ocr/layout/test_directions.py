"""Pages and parts of pages that do not run from left to right."""

from __future__ import annotations

from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox, Word

from .setting import HEIGHT, WIDTH, column, first_words, kinds, names, read


def mirrored(piece: Piece) -> Piece:
    words = tuple(
        Word(
            word.text,
            Bbox(
                WIDTH - word.bbox.right, *word.bbox[1:2], WIDTH - word.bbox.left, word.bbox.bottom
            ),
            1.0,
        )
        for word in piece.words
    )
    return Piece(words, "rtl", font_size=20.0)


def upwards(text: str, x: int, bottom: int) -> Piece:
    words = []
    for word in text.split():
        top = bottom - 10 * len(word)
        words.append(Word(word, Bbox(x, top, x + 20, bottom), 1.0))
        bottom = top - 10
    return Piece(tuple(words), angle=270, font_size=20.0)


def downwards(text: str, x: int, y: int, direction: str = "ttb") -> Piece:
    return Piece((Word(text, Bbox(x, y, x + 20, y + 20 * len(text)), 1.0),), direction)


def test_right_column_comes_first_on_a_right_to_left_page() -> None:
    pieces = [mirrored(each) for each in column("a", 50, 100, 6) + column("b", 480, 100, 6)]
    blocks = read(pieces)
    assert first_words(blocks) == [*names("a", 6), *names("b", 6)]
    assert {line.direction for block in blocks for line in block.lines} == {"rtl"}


def test_vertical_japanese_is_read_in_tiers() -> None:
    upper = [downwards("東西南北春夏秋冬"[at:] + "山", 900 - 40 * at, 100) for at in range(4)]
    lower = [downwards("大小高長新古本文"[at:] + "川", 900 - 40 * at, 500) for at in range(4)]
    texts = [line.text for block in read(upper + lower) for line in block.lines]
    assert texts == [piece.words[0].text for piece in upper + lower]


def test_stamp_in_the_margin_is_one_line_of_its_own_kind() -> None:
    pieces = [*column("a", 120, 100, 20), upwards("Preprint 2403.01234 12 Mar 2024", 30, 560)]
    blocks = read(pieces)
    assert kinds(blocks)[-1] == "margin"
    assert blocks[-1].text == "Preprint 2403.01234 12 Mar 2024"
    assert first_words(blocks[:-1]) == names("a", 20)


def test_axis_label_between_columns_is_no_margin() -> None:
    pieces = column("a", 40, 100, 12) + column("b", 560, 100, 12)
    pieces.append(upwards("Frequency of visits", 500, 380))
    blocks = read(pieces)
    assert "margin" not in kinds(blocks)
    assert first_words(blocks).index("Frequency") == 12


def test_page_that_runs_downwards_as_a_whole() -> None:
    """A page with a turned table whose words are marked as turned."""
    pieces = []
    for each in column("a", 50, 100, 6) + column("b", 480, 100, 6):
        words = tuple(
            Word(
                word.text,
                Bbox(
                    HEIGHT - word.bbox.bottom,
                    word.bbox.left,
                    HEIGHT - word.bbox.top,
                    word.bbox.right,
                ),
                1.0,
            )
            for word in each.words
        )
        pieces.append(Piece(words, angle=90, font_size=20.0))
    assert first_words(read(pieces, size=(HEIGHT, WIDTH))) == [*names("a", 6), *names("b", 6)]
