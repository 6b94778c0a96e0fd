from __future__ import annotations

import pytest

from app.compat.geometry import Sheet, character_boxes
from app.ocr.result import Bbox, Page

# A word in the top left corner of an upright page of 300 x 400.
WORD = Bbox(10, 20, 60, 40)


@pytest.mark.parametrize(
    ("rotation", "size", "first", "second", "angle"),
    [
        (0, (300, 400), (10, 20), (60, 20), 0),
        (90, (400, 300), (20, 290), (20, 240), -90),
        (180, (300, 400), (290, 380), (240, 380), 180),
        (270, (400, 300), (380, 10), (380, 60), 90),
    ],
)
def test_boxes_lie_on_the_page_as_it_was_sent(rotation, size, first, second, angle):
    """The corners keep their meaning: the first is where the word begins."""
    sheet = Sheet(Page(1, 300, 400, rotation=rotation))
    assert (sheet.width, sheet.height) == size
    assert sheet.corners(WORD)[:2] == [first, second]
    assert sheet.angle == angle


def test_coordinates_in_another_unit():
    sheet = Sheet(Page(1, 300, 400), 1 / 100)
    assert (sheet.width, sheet.height) == (3, 4)
    assert sheet.corners(WORD)[0] == pytest.approx((0.1, 0.2))


def test_characters_share_the_box_of_their_word_without_gaps():
    boxes = character_boxes("abc", WORD)
    assert (boxes[0].left, boxes[-1].right) == (10, 60)
    assert [box.right for box in boxes[:-1]] == [box.left for box in boxes[1:]]
