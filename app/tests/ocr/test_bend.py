from __future__ import annotations

import cv2
import numpy as np
import pytest

from app.ocr.prepare.bend import find_bend
from app.ocr.prepare.light import to_gray
from app.ocr.prepare.measure import measure
from app.ocr.prepare.recipe import prepare
from app.ocr.prepare.slopes import Floats, line_slopes
from app.ocr.prepare.steps import UNCURL
from app.ocr.result import Bbox
from app.ocr.source import Pixels
from app.tests.drawing import PROSE, draw_lines, pixels

LETTER = 13.0
DEWARP = frozenset({"dewarp"})


def flat_page() -> Pixels:
    return to_gray(pixels(draw_lines(*PROSE * 3, size=24)))


def bent_page(drop: Floats) -> Pixels:
    """The flat page with each column moved down by drop (pixels from its left to right edge), and
    light that falls off, so that it is no screenshot."""
    page = flat_page()
    height, width = page.shape
    moved = np.interp(np.arange(width), np.linspace(0, width - 1, len(drop)), drop)
    rows = np.arange(height + 60, dtype=np.float32)[:, None] - 30 - moved.astype(np.float32)
    columns = np.broadcast_to(np.arange(width, dtype=np.float32), rows.shape)
    shown = cv2.remap(page, columns.copy(), rows, cv2.INTER_CUBIC, borderValue=(255,))
    return np.asarray(shown * np.linspace(1.0, 0.9, width)[None, :], np.uint8)


def curl() -> Pixels:
    return bent_page(40 * np.exp(-4 * np.linspace(0, 1, 200)))


def slope_spread(page: Pixels) -> float:
    slopes = line_slopes(page < 120, LETTER)
    low, high = np.percentile(slopes.values, [10, 90])
    return float(high - low)


def test_slopes_are_those_of_the_lines() -> None:
    leaning = bent_page(np.linspace(0, 20, 2))
    slopes = line_slopes(leaning < 120, LETTER)
    assert len(slopes.values) > 100
    assert np.median(slopes.values) == pytest.approx(20 / leaning.shape[1], abs=0.004)
    assert 0 <= slopes.x.min() <= slopes.x.max() <= 1
    assert 0 <= slopes.y.min() <= slopes.y.max() <= 1


def test_curled_lines_become_level() -> None:
    page = curl()
    prepared = prepare(page, measure(page), DEWARP)
    assert prepared.steps == ("dewarp",)
    assert slope_spread(page) > 0.05
    assert slope_spread(prepared.pixels) < 0.5 * slope_spread(page)


def fanned_out() -> Pixels:
    page = bent_page(np.zeros(2))
    height, width = page.shape
    seen = np.array([[0, 60], [width, 0], [width, height], [0, height - 40]], np.float32)
    whole = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(whole, seen)
    photo = cv2.warpPerspective(page, matrix, (width, height), borderValue=(200,))
    return np.asarray(photo, np.uint8)


def test_fanned_out_lines_become_level() -> None:
    photo = fanned_out()
    prepared = prepare(photo, measure(photo), DEWARP)
    assert prepared.steps == ("dewarp",)
    assert slope_spread(prepared.pixels) < 0.6 * slope_spread(photo)


def test_slanted_lines_stay_for_engines_that_read_them_and_curved_ones_do_not() -> None:
    uncurl = frozenset({UNCURL})
    curled = bent_page(90 * np.exp(-4 * np.linspace(0, 1, 200)))
    assert prepare(curled, measure(curled), uncurl).steps == ("dewarp",)
    fanned = fanned_out()
    assert measure(fanned).bend is not None
    assert prepare(fanned, measure(fanned), uncurl).steps == ()


def test_boxes_on_the_levelled_page_find_back() -> None:
    page = curl()
    height, width = page.shape
    prepared = prepare(page, measure(page), DEWARP)
    ink = prepared.pixels < 120
    top = int(np.flatnonzero(ink.any(axis=1))[0])
    first_word = ink[top : top + 24, :90]
    columns = np.flatnonzero(first_word.any(axis=0))
    box = Bbox(int(columns[0]), top, int(columns[-1]) + 1, top + 24)
    back = prepared.to_upright.map_box(box, width, height)
    inside = page[back.top : back.bottom, back.left : back.right] < 120
    assert inside.sum() == pytest.approx(first_word.sum(), rel=0.15)


def test_nothing_of_a_bent_page_is_cut_off() -> None:
    page = curl()
    prepared = prepare(page, measure(page), DEWARP)
    assert (prepared.pixels < 120).sum() == pytest.approx((page < 120).sum(), rel=0.05)


@pytest.mark.parametrize("degrees", [0.0, 3.0])
def test_straight_lines_are_not_bent(degrees: float) -> None:
    page = bent_page(np.zeros(2))
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(page, turn, (width, height), borderValue=(235,))
    assert find_bend(np.asarray(turned) < 120, LETTER) is None


def test_a_single_line_says_nothing_about_the_page() -> None:
    line = curl()[:110]
    assert find_bend(line < 120, LETTER) is None


def test_grain_has_no_lines() -> None:
    grain = np.random.default_rng(4).random((600, 800)) < 0.1
    assert find_bend(grain, LETTER) is None
