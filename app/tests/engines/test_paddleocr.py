from __future__ import annotations

import numpy as np
import pytest

from app.engines.base import EngineConfig
from app.engines.paddleocr import PaddleOcrEngine
from app.engines.paddleocr.models import find_models
from app.engines.paddleocr.output_layer import OutputLayer
from app.engines.paddleocr.page_reader import PageReader
from app.engines.paddleocr.recognition import line_reader
from app.engines.runtime.onnx import Runtime
from app.ocr.options import Options
from app.ocr.result import Bbox, Line, Word
from app.ocr.source.base import Pixels
from app.recognition.structure import with_blocks
from app.tests.drawing import PROSE, draw_at, draw_lines, font, ink_box, pixels

ENGLISH = Options(languages=("eng",))


@pytest.fixture(scope="module", params=["tiny", "small"])
def engine(request: pytest.FixtureRequest) -> PaddleOcrEngine:
    return PaddleOcrEngine(EngineConfig(), request.param)


def test_reads_prose_without_an_error(engine: PaddleOcrEngine) -> None:
    image = pixels(draw_lines(*PROSE))
    assert with_blocks(engine.recognize(image, ENGLISH), image).text == "\n".join(PROSE)


def test_every_word_has_a_box_around_its_own_ink(engine: PaddleOcrEngine) -> None:
    text = "Wide open office spaces"
    page = engine.recognize(pixels(draw_at((600, 140), (50, 50, text))), ENGLISH)
    assert page.text == text
    for word in page.words:
        before = text[: text.index(word.text)]
        expected = ink_box(word.text, 50 + round(font(28).getlength(before)), 50)
        assert word.bbox.left == pytest.approx(expected.left, abs=4)
        assert word.bbox.right == pytest.approx(expected.right, abs=4)
        assert abs(word.bbox.top - 50) < 14
        assert word.confidence > 0.9


def test_digits_below_each_other_are_rows_of_a_table() -> None:
    texts = [
        (x, 40 + 40 * at, cell)
        for at, row in enumerate([("March", "3"), ("April", "4"), ("May", "5"), ("June", "6")])
        for x, cell in zip((40, 260), row, strict=True)
    ]
    image = pixels(draw_at((400, 240), *texts))
    page = with_blocks(PaddleOcrEngine(EngineConfig()).recognize(image, ENGLISH), image)
    rows = page.text.replace("\t", " ").split("\n")
    assert rows == ["March 3", "April 4", "May 5", "June 6"]


def test_figures_in_one_tall_box_are_no_doubtful_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a photo their digits can be read as a number that runs up."""
    doubtful = Line((Word("69666", Bbox(0, 0, 40, 150), 0.87),), "ttb")
    monkeypatch.setattr(PageReader, "_read_turned", lambda *_: doubtful)
    column = ["66", "69", "71", "74"]
    image = pixels(draw_at((100, 200), *((25, 20 + 34 * at, n) for at, n in enumerate(column))))
    assert lines_in_box(image, (21, 16, 61, 160)) == column


@pytest.mark.parametrize("angle", [90, 270])
def test_number_that_runs_up_or_down_is_one_line(angle: int) -> None:
    number = draw_at((180, 40), (10, 4, "20869524")).rotate(angle, expand=True)
    image = pixels(number)
    assert lines_in_box(image, (2, 2, 38, 178)) == ["20869524"]


def lines_in_box(image: Pixels, box: tuple[int, int, int, int]) -> list[str]:
    left, top, right, bottom = box
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    reader = PaddleOcrEngine(EngineConfig()).page_reader
    return [line.text for line in reader._read_box(image, corners, ENGLISH)]


@pytest.mark.parametrize("digit", ["3", "7", "1"])
def test_single_digit_is_no_vertical_line(engine: PaddleOcrEngine, digit: str) -> None:
    """The box of a digit alone in a cell is taller than wide."""
    row = (40, 40, "Paint"), (400, 40, digit), (600, 40, "58.50")
    image = pixels(draw_at((800, 120), *row))
    lines = {line.text: line.direction for line in engine.recognize(image, ENGLISH).lines}
    assert lines == {"Paint": "ltr", digit: "ltr", "58.50": "ltr"}


@pytest.mark.parametrize("angle", [90, 270])
def test_line_that_runs_up_or_down_beside_others(angle: int) -> None:
    page = draw_at((700, 400), *((120, 40 + 60 * at, text) for at, text in enumerate(PROSE)))
    stamp = draw_at((320, 40), (5, 2, "Preprint of 2024"))
    page.paste(stamp.rotate(angle, expand=True), (20, 40))
    image = pixels(page)
    read = with_blocks(PaddleOcrEngine(EngineConfig()).recognize(image, ENGLISH), image)
    assert "Preprint of 2024" in [block.text for block in read.blocks]
    assert "\n".join(PROSE) in read.text


def test_whitelist_leaves_only_its_characters(engine: PaddleOcrEngine) -> None:
    options = Options(languages=("eng",), whitelist="0123456789")
    page = engine.recognize(pixels(draw_lines("47110815")), options)
    assert page.text == "47110815"
    letters = engine.recognize(pixels(draw_lines("Sollbruch")), options).text
    assert set(letters) <= set("0123456789 ")


def test_latin_pages_have_no_chinese_characters() -> None:
    from app.engines.paddleocr.alphabet import classes_without_asian

    characters = ["", "a", "é", "物", "の", "…", " "]
    assert classes_without_asian(characters).tolist() == [0, 1, 2, 5, 6]


def test_both_character_tables_belong_to_their_networks() -> None:
    for size in ("tiny", "small"):
        files = find_models(size, None)
        assert files is not None
        reader = line_reader(files, Runtime())
        assert isinstance(reader.output, OutputLayer)
        assert len(reader.output.layer.bias) == len(reader.characters)


def test_blank_page_is_empty(engine: PaddleOcrEngine) -> None:
    assert engine.recognize(pixels(draw_lines(" ")), ENGLISH).blocks == ()


def test_letter_spaced_heading_is_one_word() -> None:
    from app.engines.paddleocr.ctc import Character
    from app.engines.paddleocr.words.spaces import closed_up

    def line(text: str, steps: list[float]) -> list[Character]:
        positions = np.cumsum(steps) / sum(steps)
        return [Character(each, float(at), 0.9) for each, at in zip(text, positions, strict=True)]

    spaced = line("C H AP T E R", [1, 0.5, 0.5, 0.5, 0.5, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
    assert "".join(each.text for each in closed_up(spaced)) == "CHAPTER"
    initials = line("A B of C", [1, 1, 1, 1, 1, 1, 1, 1])
    assert closed_up(initials) == initials


def test_space_at_the_edge_of_a_line_does_not_stop_the_page() -> None:
    from app.engines.paddleocr.ctc import Character
    from app.engines.paddleocr.words.spaces import closed_up

    line = [Character(each, at / 3, 0.9) for at, each in enumerate(" ab")]
    assert closed_up(line) == line
