from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageFilter, ImageOps

from app.ocr.prepare.content import content_box
from app.ocr.prepare.geometry import Transform
from app.ocr.prepare.light import even_light, inverted_where_dark, to_gray
from app.ocr.prepare.measure import measure
from app.ocr.prepare.recipe import NOISY, prepare
from app.ocr.prepare.steps import DARK_SCREEN, EVERYTHING
from app.ocr.result import Bbox
from app.tests.drawing import PROSE, draw_at, draw_lines, pixels

PAGE = draw_lines(*PROSE * 3, size=24)


@pytest.mark.parametrize("degrees", [-9.0, -2.0, -0.5, 0.0, 0.4, 3.0, 12.0])
def test_skew_is_found_to_a_tenth_of_a_degree(degrees: float) -> None:
    leaning = PAGE.rotate(-degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    assert measure(pixels(leaning)).skew == pytest.approx(degrees, abs=0.1)


def test_picture_without_lines_has_no_skew() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (400, 400), np.uint8)
    assert measure(noise).skew == 0.0


def test_deskewed_page_is_level_and_its_boxes_find_back() -> None:
    mark = draw_at((900, 600), *((60, 40 + 40 * at, PROSE[at % 5]) for at in range(12)))
    leaning = pixels(mark.rotate(-4, Image.Resampling.BICUBIC, expand=True, fillcolor="white"))
    prepared = prepare(leaning, measure(leaning), frozenset({"deskew"}))
    assert prepared.steps == ("deskew",)
    assert abs(measure(prepared.pixels).skew) <= 0.15
    height, width = leaning.shape[:2]
    top = int(np.flatnonzero((to_gray(prepared.pixels) < 128).any(axis=1))[0])
    ink = np.flatnonzero((to_gray(prepared.pixels)[top : top + 20] < 128).any(axis=0))
    line = Bbox(int(ink[0]), top, int(ink[-1]), top + 24)
    back = prepared.to_upright.map_box(line, width, height)
    inside = to_gray(leaning)[back.top : back.bottom, back.left : back.right]
    first_line = to_gray(pixels(mark))[40:70]
    assert (inside < 128).sum() >= 0.9 * (first_line < 128).sum()


def test_steps_only_where_the_page_calls_for_them() -> None:
    clean = pixels(draw_lines(*PROSE, size=32))
    assert prepare(clean, measure(clean), EVERYTHING).steps == ()


def test_text_at_the_edge_gets_a_margin() -> None:
    clean = draw_lines(*PROSE, size=32)
    tight = pixels(clean.crop(ImageOps.invert(clean).getbbox()))
    assert prepare(tight, measure(tight), EVERYTHING).steps == ("pad",)


def test_small_print_is_enlarged_less_where_a_screen_drew_it() -> None:
    drawn = pixels(draw_lines(*PROSE, size=16))
    blurred = pixels(draw_lines(*PROSE, size=16).filter(ImageFilter.GaussianBlur(0.5)))
    light = np.linspace(1.0, 0.9, blurred.shape[1])[None, :, None]
    photographed = (blurred * light).astype(np.uint8)
    assert measure(drawn).crisp
    assert not measure(photographed).crisp
    assert prepare(drawn, measure(drawn), frozenset({"scale"})).steps == ()
    assert prepare(photographed, measure(photographed), frozenset({"scale"})).steps == ("scale",)


def test_dark_page_becomes_dark_ink_on_light_paper() -> None:
    dark = pixels(draw_lines(*PROSE, ink="#d0d0d0", paper="#202428"))
    measures = measure(dark)
    assert measures.dark
    result = prepare(dark, measures, frozenset({"dark"})).pixels
    assert np.median(result) > 200
    assert result.min() < 80


def test_dark_screen_is_inverted_for_engines_that_read_dark_photos_as_they_are() -> None:
    screen = pixels(draw_lines(*PROSE, ink="#d0d0d0", paper="#202428"))
    grain = np.random.default_rng(1).normal(0, 12, screen.shape)
    photo = np.clip(screen + grain, 0, 255).astype(np.uint8)
    steps = frozenset({DARK_SCREEN})
    assert prepare(screen, measure(screen), steps).steps == ("dark",)
    assert measure(photo).dark
    assert prepare(photo, measure(photo), steps).steps == ()


def test_light_band_of_a_dark_page_is_left_alone() -> None:
    band = Image.new("RGB", (600, 400), "#101010")
    band.paste(draw_at((600, 120), (20, 40, "Light band")), (0, 140))
    result = inverted_where_dark(to_gray(pixels(band)))
    assert result[20, 300] > 200
    assert np.median(result[160:240]) > 200


def test_shadow_is_evened_out_and_the_ink_stays() -> None:
    page = pixels(PAGE).astype(np.float32)
    fall_off = np.linspace(1.0, 0.35, page.shape[1])[None, :, None]
    shadowed = (page * fall_off).astype(np.uint8)
    assert measure(shadowed).unevenness > 30
    evened = even_light(to_gray(shadowed))
    paper = evened[to_gray(pixels(PAGE)) == 255]
    ink = evened[to_gray(pixels(PAGE)) < 40]
    assert np.percentile(paper, 5) > 200
    assert np.percentile(ink, 95) < 120


@pytest.mark.parametrize(("size", "least", "most"), [(13, 1.5, 4), (80, 0.4, 0.7)])
def test_text_of_another_size_is_scaled_and_boxes_are_scaled_back(
    size: int, least: float, most: float
) -> None:
    page = pixels(draw_lines(*PROSE, size=size))
    prepared = prepare(page, measure(page), frozenset({"scale"}))
    factor = prepared.pixels.shape[0] / page.shape[0]
    assert least < factor <= most
    box = Bbox(*(round(side * factor) for side in (10, 20, 50, 40)))
    mapped = prepared.to_upright.map_box(box, page.shape[1], page.shape[0])
    assert np.abs(np.subtract(mapped, (10, 20, 50, 40))).max() <= 2


def test_grain_is_noticed_and_taken_out() -> None:
    grain = np.random.default_rng(2).normal(0, 35, pixels(PAGE).shape[:2])
    noisy = np.clip(to_gray(pixels(PAGE)) + grain, 0, 255).astype(np.uint8)
    assert measure(pixels(PAGE)).noise < NOISY
    prepared = prepare(noisy, measure(noisy), frozenset({"noise"}))
    assert prepared.steps == ("noise",)
    assert measure(prepared.pixels).noise < 0.6 * measure(noisy).noise


def test_dithered_page_is_grainy() -> None:
    grayish = draw_lines(*PROSE * 3, size=24, paper="#c0c0c0")
    assert measure(pixels(grayish.convert("1"))).noise > NOISY


def test_content_box_leaves_out_the_empty_margins() -> None:
    page = ImageOps.expand(draw_lines("Only here"), border=(200, 100, 300, 400), fill="white")
    box = content_box(pixels(page))
    assert (box.left, box.top) == pytest.approx((240, 140), abs=16)
    assert box.right <= page.width - 320
    assert box.bottom <= page.height - 420


def test_boxes_stay_inside_the_page() -> None:
    outside = Transform().moved(-5, -5).map_box(Bbox(0, 0, 500, 500), 100, 80)
    assert outside == Bbox(0, 0, 100, 80)
