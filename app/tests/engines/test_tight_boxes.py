"""Boxes of small lines that cut a tail, an underscore or an accent."""

from __future__ import annotations

import numpy as np
import pytest

from app.engines.lines.tight_boxes import extended

BOX = (20, 34)  # top and bottom of the detected line


def ends(rows: list[int], *, long_rows: tuple[int, ...] = (), tilt: float = 0.0) -> tuple[int, int]:
    """Top and bottom of the extended box on a page with a mark in these rows."""
    page = np.full((60, 200, 3), 255, np.uint8)
    page[24:32, 20:180:4] = 0
    page[rows, 50:60] = 0
    page[list(long_rows), 10:190] = 0
    top, bottom = BOX
    corners = np.array([[10, top], [190, top + tilt], [190, bottom + tilt], [10, bottom]], "f4")
    found = extended(page, corners)
    return round(float(found[0, 1])), round(float(found[3, 1]))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([33, 34, 35], (20, 36)),  # a tail is cut
        ([34, 35], (20, 36)),  # an underscore lies outside
        ([18, 19, 20], (18, 34)),  # an accent is cut
        ([35], (20, 36)),  # an underscore below a white row
        ([32, 33], BOX),
        ([], BOX),
        ([36, 37, 38], BOX),  # the next line
        (list(range(32, 45)), BOX),  # reaches into the next line
    ],
)
def test_ends_at_white(rows: list[int], expected: tuple[int, int]) -> None:
    assert ends(rows) == expected


def test_row_that_the_box_hardly_touches_counts_as_outside() -> None:
    page = np.full((60, 200, 3), 255, np.uint8)
    page[24:32, 20:180:4] = 0
    page[34, 50:60] = 0
    corners = np.array([[10, 20], [190, 20], [190, 34.1], [10, 34.1]], np.float32)
    assert extended(page, corners)[3, 1] == pytest.approx(35.1)


def test_rule_is_left_out() -> None:
    assert ends([], long_rows=(34,)) == BOX
    assert ends([33], long_rows=(34,)) == BOX


def test_tilted_box_stays() -> None:
    assert ends([33, 34, 35], tilt=5.0)[0] == BOX[0]
    assert ends([33, 34, 35], tilt=5.0)[1] == BOX[1]


def test_underscore_below_a_line_of_middle_size() -> None:
    page = np.full((80, 400, 3), 255, np.uint8)
    page[24:44, 20:360:8] = 0
    page[48:50, 50:70] = 0
    corners = np.array([[10, 20], [390, 20], [390, 48], [10, 48]], np.float32)
    assert extended(page, corners)[3, 1] == 50


def test_large_line_stays() -> None:
    page = np.zeros((200, 200, 3), np.uint8)
    corners = np.array([[10, 20], [190, 20], [190, 90], [10, 90]], np.float32)
    assert extended(page, corners) is corners
