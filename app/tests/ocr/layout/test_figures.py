"""Figures on a page, their captions and places in the text."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from app.ocr.layout.elements import Fill, PageElements
from app.ocr.layout.figures import figures_of, in_reading_order
from app.ocr.layout.figures.find import find_figures
from app.ocr.prepare.geometry import Transform
from app.ocr.prepare.graphics import graphics_of_picture
from app.ocr.result import Bbox, Block, Page
from app.ocr.source.base import Pixels
from app.ocr.tree import page_from_tree, page_to_tree
from app.recognition.structure import with_blocks
from app.tests.drawing import font

from .setting import HEIGHT, SIZE, WIDTH, column, piece, rule
from .setting import read as laid_out

BLANK = PageElements(WIDTH, HEIGHT, ())


def found(
    pictures: list[Bbox] | None = None, blocks: tuple[Block, ...] = (), **drawn: object
) -> tuple[Bbox, ...]:
    return find_figures(replace(BLANK, pictures=tuple(pictures or ()), **drawn), blocks)  # type: ignore[arg-type]


def text(lines: int = 20, top: int = 100) -> tuple[Block, ...]:
    return laid_out(column("word", 100, top, lines))


def test_strips_of_one_picture_are_one_figure() -> None:
    strips = [Bbox(200, 1000 + 50 * at, 700, 1050 + 50 * at) for at in range(6)]
    apart = Bbox(800, 1000, 1100, 1300)
    assert found([*strips, apart]) == (Bbox(200, 1000, 700, 1300), apart)


@pytest.mark.parametrize(
    "box",
    [
        Bbox(0, 0, WIDTH, HEIGHT),  # a scan below its text
        Bbox(100, 100, 100 + SIZE, 100 + SIZE),  # a bullet
        Bbox(100, 900, 1100, 900 + 2 * SIZE),  # an ornament
    ],
)
def test_grounds_and_icons_are_no_figures(box: Bbox) -> None:
    assert found([box], text()) == ()


def test_the_ground_of_text_is_no_figure() -> None:
    blocks = text(20)
    around = Bbox.around(block.bbox for block in blocks)
    ground = Bbox(around.left - 20, around.top - 20, around.right + 20, around.bottom + 20)
    assert found([ground], blocks) == ()
    below = Bbox(ground.left, ground.bottom + 100, ground.right, ground.bottom + 500)
    assert found([below], blocks) == (below,)


def test_bars_are_a_chart_with_axes_and_labels() -> None:
    bars = [Bbox(300 + 80 * at, 900 - 60 * at, 350 + 80 * at, 1200) for at in range(5)]
    axes = (rule(290, 600, 292, 1200), rule(290, 1200, 720, 1202))
    blocks = laid_out([piece(str(2020 + at), 300 + 80 * at, 1210, 20) for at in range(5)])
    [chart] = found(blocks=blocks, fills=tuple(Fill(bar, 90) for bar in bars), rules=axes)
    assert chart == Bbox.around([*bars, *(axis.bbox for axis in axes), *(b.bbox for b in blocks)])


@pytest.mark.parametrize(
    "boxes",
    [
        [Bbox(300, 400 + 60 * at, 800, 440 + 60 * at) for at in range(6)],  # fields of a form
        [
            Bbox(50, 50, 1100, 70),
            Bbox(50, 1500, 1100, 1520),
            Bbox(50, 50, 70, 1520),
            Bbox(1080, 50, 1100, 1520),
        ],  # a frame
    ],
)
def test_equal_blocks_and_frames_are_no_charts(boxes: list[Bbox]) -> None:
    assert found(fills=tuple(Fill(box, 90) for box in boxes)) == ()


def test_captions_are_told_by_place_and_the_table_keeps_its_own() -> None:
    figure, lower = Bbox(100, 400, 600, 700), Bbox(100, 900, 600, 1200)
    blocks = (
        *laid_out([piece("Some text above", 100, 340)]),
        replace(laid_out([piece("Figure 1. First", 100, 720)])[0], kind="caption"),
        replace(laid_out([piece("Figure 2. Second", 100, 860)])[0], kind="caption"),
        *laid_out([piece("Some text below", 100, 1260)]),
    )
    page = Page(1, WIDTH, HEIGHT, blocks, figures=(figure, lower))
    captions = [(each.number, each.caption, each.start) for each in figures_of(page)]
    assert captions == [(1, 1, 1), (2, 2, 3)]
    order = [getattr(item, "number", None) or item.text for item in in_reading_order(page)]  # type: ignore[union-attr]
    assert order == [
        "Some text above",
        1,
        "Figure 1. First",
        "Figure 2. Second",
        2,
        "Some text below",
    ]
    without = [item for item in in_reading_order(page, captions=False) if isinstance(item, Block)]
    assert [block.text for block in without] == ["Some text above", "Some text below"]


def test_text_in_a_figure_is_between_its_start_and_end() -> None:
    blocks = (
        *laid_out([piece("Some text above", 100, 100)]),
        *laid_out([piece("Label", 300, 500)]),
        *laid_out([piece("Some text below", 100, 900)]),
    )
    page = Page(1, WIDTH, HEIGHT, blocks, figures=(Bbox(100, 300, 700, 700),))
    [figure] = figures_of(page)
    assert (figure.start, figure.end, figure.caption) == (1, 2, None)


def test_a_figure_of_a_column_is_read_in_its_column() -> None:
    left = [*column("left", 100, 100, 10), piece("The end.", 100, 450)]
    right = column("right", 560, 100, 30)
    page = Page(1, WIDTH, HEIGHT, laid_out([*left, *right]), figures=(Bbox(100, 600, 400, 900),))
    texts = [item.text if isinstance(item, Block) else "*" for item in in_reading_order(page)]
    place = texts.index("*")
    assert "The end." in texts[place - 1]
    assert "right0" in texts[place + 1]


def test_figures_are_stored_and_turned_with_their_page() -> None:
    page = Page(1, 400, 600, figures=(Bbox(10, 20, 110, 220),))
    assert page_from_tree(page_to_tree(page)) == page
    assert "figures" not in page_to_tree(replace(page, figures=()))
    half = Transform().scaled(2, 2).map_page(page, 200, 300)
    assert half.figures == (Bbox(5, 10, 55, 110),)


def sheet(lines: int, top: int = 150) -> tuple[Image.Image, tuple[Block, ...]]:
    """A4 at 150 dpi with printed lines, and the words read from them."""
    image = Image.new("RGB", (1240, 1754), "white")
    pen, pieces = ImageDraw.Draw(image), []
    for at in range(lines):
        words = f"line {at} of a text that goes on and on over this page"
        pen.text((120, top + 36 * at), words, "black", font(26))
        pieces.append(piece(words, 120, top + 36 * at, 26))
    return image, laid_out(pieces, size=image.size)


def seen(image: Image.Image, blocks: tuple[Block, ...]) -> tuple[Bbox, ...]:
    return with_blocks(Page(1, *image.size, blocks), np.asarray(image)).figures


def photo(width: int, height: int) -> Image.Image:
    """Smooth shades of many grays."""
    x, y = np.meshgrid(np.linspace(0, 5, width), np.linspace(0, 7, height))
    gray: NDArray[np.float64] = 120 + 60 * np.sin(x) + 50 * np.cos(y + x)
    return Image.fromarray(gray.clip(0, 255).astype(np.uint8)).convert("RGB")


def test_a_photo_on_a_scanned_page_is_a_figure() -> None:
    image, blocks = sheet(10)
    image.paste(photo(500, 400), (300, 700))
    [figure] = seen(image, blocks)
    assert_near(figure, Bbox(300, 700, 800, 1100))


def test_a_drawn_curve_and_its_axes_are_a_figure() -> None:
    image, blocks = sheet(10)
    pen = ImageDraw.Draw(image)
    pen.line((300, 700, 300, 1100, 900, 1100), "black", 3)
    pen.line([(300 + 6 * x, 1100 - 3.5 * x - 40 * (x % 20 > 10)) for x in range(100)], "black", 4)
    [figure] = seen(image, blocks)
    assert_near(figure, Bbox(300, 700, 900, 1100))


def test_text_rules_frames_and_the_edge_of_the_paper_are_no_figures() -> None:
    image, blocks = sheet(30)
    pen = ImageDraw.Draw(image)
    pen.rectangle((60, 100, 1180, 1300), outline="black", width=8)
    pen.line((120, 1400, 1100, 1400), "black", 3)
    pen.polygon(((0, 0), (40, 0), (25, 1754), (0, 1754)), "#303030")
    pen.ellipse((50, 1500, 90, 1540), "#202020")
    assert graphics_of_picture(np.asarray(image)).count(()) < 3
    assert seen(image, blocks) == ()


def test_a_page_without_text_may_be_a_drawing() -> None:
    image = Image.new("RGB", (1240, 1754), "white")
    image.paste(photo(600, 500), (300, 400))
    [figure] = seen(image, ())
    assert_near(figure, Bbox(300, 400, 900, 900))


def assert_near(one: Bbox, other: Bbox, by: int = 24) -> None:
    differences = [abs(a - b) for a, b in zip(one, other, strict=True)]
    assert max(differences) <= by, (one, other)


def gray(image: Image.Image) -> Pixels:
    return np.asarray(image.convert("L"))


def test_a_gray_page_shows_the_same() -> None:
    image, blocks = sheet(10)
    image.paste(photo(500, 400), (300, 700))
    assert with_blocks(Page(1, *image.size, blocks), gray(image)).figures == seen(image, blocks)
