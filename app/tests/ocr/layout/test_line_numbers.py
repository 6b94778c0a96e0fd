"""Numbers of lines in the margin, which are no part of the text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.ocr.layout.elements import Piece

from .setting import PITCH, PROSE, inked, kinds, piece, read


def numbered(step: int, x: int, lines: int = 24) -> list[Piece]:
    """Full lines, with a smaller number beside every line whose number is a multiple of step."""
    texts = [piece(PROSE[at % len(PROSE)], 100, 100 + at * PITCH) for at in range(lines)]
    numbers = [
        piece(str(at + 1), x, 103 + at * PITCH, 14) for at in range(lines) if (at + 1) % step == 0
    ]
    return [*texts, *numbers]


@pytest.mark.parametrize("measured", [False, True])
@pytest.mark.parametrize("step", [5, 4])
@pytest.mark.parametrize("x", [60, 470])
def test_numbers_of_every_few_lines(step: int, x: int, measured: bool) -> None:
    pieces = numbered(step, x)
    blocks = read([inked(each) for each in pieces] if measured else pieces)
    assert kinds(blocks) == ["text", "margin"]
    assert blocks[-1].text.split() == [str(at) for at in range(step, 25, step)]


def test_numbers_that_count_no_lines_stay() -> None:
    """A list of amounts, with prose beside them."""
    pieces = [each for each in numbered(5, 60) if not each.words[0].text.isdecimal()]
    pieces += [piece(str(5 + 5 * at), 60, 100 + 2 * at * PITCH) for at in range(4)]
    assert "margin" not in kinds(read(pieces))


@pytest.mark.parametrize(
    ("mono", "size", "kept"), [(False, 12, False), (True, 12, True), (False, 20, True)]
)
def test_small_numbers_of_every_line_of_a_manuscript(mono: bool, size: int, kept: bool) -> None:
    """Beside code, and in the size of the text, numbers belong to their lines."""
    pieces = numbered(1, 40, 12)
    pieces = [
        piece(each.words[0].text, 40, each.bbox.top, size, monospaced=False)
        if each.words[0].text.isdecimal()
        else replace(each, monospaced=mono)
        for each in pieces
    ]
    margin = [block for block in read(pieces) if block.kind == "margin"]
    assert [block.text.split() for block in margin] == (
        [] if kept else [[str(at + 1) for at in range(12)]]
    )
