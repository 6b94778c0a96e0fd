"""Detection at the scale of the letters: tall, wide and large pages in overlapping tiles."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.engines.base import EngineConfig
from app.engines.paddleocr import PaddleOcrEngine
from app.engines.paddleocr.detection import Detector, TextBox
from app.engines.paddleocr.joined_boxes import joined, with_whole
from app.engines.paddleocr.small_letters import WINDOW, find_letters
from app.engines.paddleocr.tiles import TiledDetector, tiles_of
from app.ocr.options import Options
from app.ocr.source import Pixels
from app.tests.drawing import PROSE, draw_at, draw_lines, font, pixels

ENGLISH = Options(languages=("eng",))


def box(left: float, top: float, right: float, bottom: float) -> TextBox:
    corners = [[left, top], [right, top], [right, bottom], [left, bottom]]
    return TextBox(np.array(corners, np.float32), 0.9)


def bounds(boxes: list[TextBox]) -> list[list[int]]:
    return sorted(
        [*map(int, each.corners.min(axis=0)), *map(int, each.corners.max(axis=0))] for each in boxes
    )


@pytest.fixture(scope="module")
def engine() -> PaddleOcrEngine:
    return PaddleOcrEngine(EngineConfig(), "tiny")


@pytest.mark.parametrize(("width", "height"), [(1080, 20_000), (9000, 700), (5000, 4000)])
def test_tiles_cover_the_page_and_share_a_line(width: int, height: int) -> None:
    tiles = tiles_of(width, height, 1280, 128)
    covered = np.zeros((height // 10, width // 10), bool)
    for each in tiles:
        assert max(each.right - each.left, each.bottom - each.top) <= 1280
        covered[each.top // 10 : each.bottom // 10, each.left // 10 : each.right // 10] = True
    assert covered.all()
    for edges in ({(each.left, each.right) for each in tiles}, {(t.top, t.bottom) for t in tiles}):
        assert all(one[1] - other[0] >= 128 for one, other in pairwise(sorted(edges)))


def test_line_across_tiles_is_joined_and_its_neighbours_are_not() -> None:
    first = [box(100, 100, 500, 130), box(100, 140, 500, 170), box(10, 100, 80, 130)]
    second = [box(430, 101, 900, 131), box(430, 141, 700, 171), box(430, 180, 700, 210)]
    assert bounds(joined([first, second])) == [
        [10, 100, 80, 130],
        [100, 100, 899, 131],
        [100, 140, 700, 171],
        [430, 180, 700, 210],
    ]


def test_line_seen_twice_comes_once() -> None:
    assert bounds(joined([[box(100, 100, 500, 130)], [box(101, 99, 499, 131)]])) in (
        [[100, 99, 500, 131]],
        [[100, 100, 500, 131]],
    )


def test_text_of_the_whole_page_stays_where_tiles_saw_none_or_fragments() -> None:
    lines = [box(0, 100 * at, 400, 100 * at + 30) for at in range(3)]
    fragments = [box(1000, 1000, 1040, 1060), box(1100, 1000, 1150, 1060)]
    heading, unseen = box(980, 900, 1600, 1200), box(0, 1500, 300, 1540)
    blurred = box(0, 80, 420, 150)
    found = with_whole([*lines, *fragments], [heading, unseen, blurred], (2000, 2000), 200)
    assert bounds(found) == bounds([*lines, heading, unseen])


@pytest.mark.parametrize("ink", ["black", "white"])
def test_small_letters_are_found_and_large_ones_are_not(ink: str) -> None:
    paper = "white" if ink == "black" else "#202020"
    page = pixels(draw_lines(*PROSE, size=30, ink=ink, paper=paper))
    assert find_letters(page, 0.9).small is None
    found = find_letters(page, 0.1).small
    assert found is not None
    assert 0.35 < found.ratio < 0.65
    assert found.are_in(0, 0, WINDOW, WINDOW)


def test_noise_and_circles_are_no_letters() -> None:
    noise = np.random.default_rng(1).normal(200, 40, (1200, 1200))
    assert find_letters(np.clip(noise, 0, 255).astype(np.uint8), 0.2).small is None
    image = Image.new("L", (1200, 1200), "white")
    for at in range(12):
        ImageDraw.Draw(image).ellipse((100 * at, 90 * at, 100 * at + 60, 90 * at + 60), outline=0)
    assert find_letters(np.asarray(image), 0.1).small is None


@pytest.mark.parametrize(("size", "expected"), [(30, 0.38), (45, 0.27), (60, 0.23)])
def test_page_of_large_letters_needs_a_smaller_copy(size: int, expected: float) -> None:
    """At least 0.6 of the usual copy, because notes may be smaller than the measured letters."""
    found = find_letters(pixels(draw_lines(*PROSE * 6, size=size)), 0.38)
    assert found.small is None
    assert found.ratio == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize(
    ("grain", "size", "expected"), [(0, 45, 0.27), (3, 45, 0.38), (3, 80, 0.23)]
)
def test_worn_type_needs_the_usual_copy(grain: int, size: int, expected: float) -> None:
    """Grainy paper with small letters of a single size."""
    page = pixels(draw_lines(*PROSE * 6, size=size)).astype(np.int16)
    noise = np.random.default_rng(1).normal(0, grain, page.shape[:2])[..., None]
    worn = np.clip(page - 20 + noise, 0, 255).astype(np.uint8)
    assert find_letters(worn, 0.38).ratio == pytest.approx(expected, abs=0.03)


def test_rows_of_digits_need_the_usual_copy() -> None:
    """Digits are as high as capitals, so they allow no smaller copy than the letters beside them
    would."""
    rows = [" ".join(str(at * factor) for factor in (7, 31, 173, 911)) for at in range(1, 25)]
    assert find_letters(pixels(draw_lines(*rows, size=30)), 0.48).ratio == 0.48
    assert find_letters(pixels(draw_lines(*PROSE * 6, size=40)), 0.48).ratio < 0.4


@pytest.mark.parametrize(("size", "expected"), [(15, 1.0), (24, 0.7), (40, 0.6)])
def test_small_page_of_large_letters_needs_a_smaller_copy(size: int, expected: float) -> None:
    found = find_letters(pixels(draw_lines(*PROSE * 3, size=size)), 1.0)
    assert found == (None, pytest.approx(expected, abs=0.06))


def test_page_of_few_letters_is_looked_at_as_usual() -> None:
    assert find_letters(pixels(draw_lines("Room 12", size=60)), 0.38).ratio == 0.38


class Counting(Detector):
    """Finds nothing. sides: longer side of each copy that was searched."""

    def __init__(self, max_side: int) -> None:
        self.max_side = max_side
        self.sides: list[int] = []

    def __call__(self, pixels: Pixels, side: int | None = None) -> list[TextBox]:
        self.sides.append(side or self.max_side)
        return []


def test_ordinary_page_is_looked_at_once() -> None:
    detector = Counting(1280)
    TiledDetector(detector)(pixels(draw_lines(*PROSE * 12, size=45)))
    assert len(detector.sides) == 1


@pytest.mark.parametrize(("size", "once"), [(14, False), (20, True)])
def test_letters_that_are_hardly_too_small_need_no_tiles(size: int, *, once: bool) -> None:
    """A copy of the page may be longer than a tile if it is not larger."""
    page = np.vstack([pixels(draw_lines(*PROSE * 4, size=size))] * 3)
    height, width = page.shape[:2]
    detector = Counting(height * 2 // 9)
    TiledDetector(detector)(page)
    assert (len(detector.sides) == 1) == once
    if once:
        longer = detector.max_side * (height / width) ** 0.5
        assert detector.sides[0] == pytest.approx(longer, abs=1)


def test_line_that_leaves_the_tile_with_small_letters_is_followed() -> None:
    """In a wide sheet, of which every third window is examined, one part seemed to have small
    letters."""

    class Marking(Detector):
        max_side = 1280

        def __init__(self) -> None:
            self.shapes: list[tuple[int, ...]] = []

        def __call__(self, pixels: Pixels, side: int | None = None) -> list[TextBox]:
            self.shapes.append(pixels.shape)
            rows, columns = np.nonzero(pixels[:, :, 0] == 1)
            return [box(columns.min(), rows.min(), columns.max(), rows.max())] if rows.size else []

    sheet = np.full((1200, 4000, 3), 255, np.uint8)
    sheet[600:630, 200:3900] = 1
    detector = TiledDetector(Marking())
    tiles = tiles_of(4000, 1200, 1280, 128)
    found = detector._boxes_of(sheet, tiles, [tiles[1]], 128)
    assert np.abs(np.subtract(bounds(joined(found)), [[200, 600, 3899, 629]])).max() <= 1
    alone = detector._boxes_of(sheet[:500], tiles_of(4000, 500, 1280, 128), [tiles[1]], 128)
    assert len(alone) == 1


def test_tall_screenshot_is_read_line_by_line(engine: PaddleOcrEngine) -> None:
    lines = [f"{at:03} {PROSE[at % 5]}" for at in range(120)]
    image = draw_lines(*lines, size=32)
    assert image.height > 5 * image.width
    read = [line.text for line in engine.recognize(pixels(image), ENGLISH).lines]
    assert sum(line in read for line in lines) >= 117
    assert len(read) <= 122


def test_line_wider_than_a_tile_stays_one_line(engine: PaddleOcrEngine) -> None:
    text = " ".join(PROSE[:3])
    start = round(font(28).getlength(text)) + 60
    image = draw_at((start + 4000, 700), (30, 300, text), (start + 2600, 600, "Far right corner"))
    lines = [line.text for line in list(engine.recognize(pixels(image), ENGLISH).lines)]
    assert sorted(lines) == sorted([text, "Far right corner"])


def test_notes_on_a_large_drawing_are_read(engine: PaddleOcrEngine) -> None:
    notes = ["All dimensions in millimetres", "Concrete cover of all faces", "Do not scale this"]
    texts = [(5200, 3800 + 40 * at, note) for at, note in enumerate(notes)]
    image = draw_at((6000, 4200), *texts, height=22)
    ImageDraw.Draw(image).text((500, 500), "SITE PLAN", fill="black", font=font(400))
    read = [line.text for line in engine.recognize(pixels(image), ENGLISH).lines]
    assert {*notes, "SITE PLAN"} <= set(read)


@pytest.mark.parametrize("size", [(40, 40), (60, 24)])
def test_icon_with_one_word_is_read(engine: PaddleOcrEngine, size: tuple[int, int]) -> None:
    image = Image.new("RGB", size, "#2050a0")
    middle = size[0] / 2, size[1] / 2
    ImageDraw.Draw(image).text(middle, "Print", font=font(14), fill="white", anchor="mm")
    assert engine.recognize(pixels(image), ENGLISH).text == "Print"
