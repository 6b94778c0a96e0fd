"""Choice of the lines that the thorough network reads again."""

from __future__ import annotations

import numpy as np
import pytest

from app.engines.base import EngineConfig
from app.engines.paddleocr import PaddleOcrEngine
from app.engines.paddleocr.cascade import CascadeReader
from app.engines.paddleocr.ctc import Character
from app.engines.paddleocr.heads.reader import ScriptReader
from app.engines.paddleocr.readers import KeptFeatures, KnownFeatures
from app.engines.paddleocr.recognition import ReadLine, read_lines
from app.engines.runtime.onnx import Floats
from app.ocr.options import Options
from app.ocr.source.base import Pixels
from app.tests.drawing import draw_lines, pixels

ENGLISH = Options(languages=("eng",))
LINE = np.full((48, 320, 3), 255, np.uint8)


def reading(text: str, least: float) -> ReadLine:
    """A reader with this confidence for its last character and a high one for the others."""

    def read(line: object, options: Options) -> list[Character]:
        return [
            Character(each, (at + 0.5) / len(text), least if at == len(text) - 1 else 0.999)
            for at, each in enumerate(text)
        ]

    return read


def read(quick: ReadLine, options: Options = ENGLISH) -> str:
    reader = CascadeReader(quick, *[reading("thorough", 0.5)] * 2)
    return "".join(each.text for each in reader(LINE, options))


def test_line_that_is_read_surely_is_read_once() -> None:
    assert read(reading("quick", 0.999)) == "quick"


@pytest.mark.parametrize(("text", "least"), [("quick", 0.9), (100 * "quick", 0.5), ("", 1.0)])
def test_line_with_a_doubtful_character_or_none_is_read_again(text: str, least: float) -> None:
    assert read(reading(text, least)) == "thorough"


def test_chinese_and_japanese_are_left_to_the_thorough_network() -> None:
    assert read(reading("東京", 0.999)) == "thorough"
    assert read(reading("quick", 0.999), Options(languages=("eng", "jpn"))) == "thorough"


@pytest.mark.parametrize("text", ["GST REG#00065", "KH12-10/500", "Item(s):5", "a=b"])
def test_short_line_with_a_symbol_beside_letters_is_read_again(text: str) -> None:
    """The quick network drops the spaces there without doubt."""
    assert read(reading(text, 0.999)) == "thorough"
    assert read(reading(text + " and so on to the end of a line", 0.999)).startswith(text)


@pytest.mark.parametrize("text", ["l’été, don't", "(see p. 5) 12.50", "50% - a / b"])
def test_ordinary_punctuation_leaves_a_short_line_sure(text: str) -> None:
    assert read(reading(text, 0.999)) == text


@pytest.mark.parametrize("language", ["ces", "ron", "tur", "aze", "dan"])
def test_alphabets_whose_marks_tiny_drops_are_left_to_the_thorough_network(language: str) -> None:
    """It reads tara for țara, confidently."""
    assert read(reading("quick", 0.999), Options(languages=(language,))) == "thorough"
    assert read(reading("quick", 0.999), Options(languages=("deu", "fra"))) == "quick"


class Thorough:
    """Reads each line as the number of its width, and records the lines it read."""

    def __init__(self) -> None:
        self.read: list[int] = []

    def __call__(self, line: Pixels, options: Options) -> list[Character]:
        self.read.append(line.shape[1])
        return characters_of(str(line.shape[1]), 1.0)


def characters_of(text: str, sure: float) -> list[Character]:
    return [Character(each, (at + 0.5) / len(text), sure) for at, each in enumerate(text)]


def quick_with(sure: dict[int, float], wrong: tuple[int, ...] = ()) -> ReadLine:
    """sure: confidence by line width; other lines are beyond doubt."""

    def read(line: Pixels, options: Options) -> list[Character]:
        width = line.shape[1]
        return characters_of("x" if width in wrong else str(width), sure.get(width, 0.999))

    return read


# Fourteen lines between 0.971 and 0.984, and two that are beyond doubt.
FAIRLY_SURE = {width: 0.97 + width / 10_000 for width in range(10, 150, 10)}
WIDTHS = (*FAIRLY_SURE, 500, 510)


def text_of(_: int, line: list[Character]) -> str:
    return "".join(each.text for each in line)


def read_page(quick: ReadLine, options: Options = ENGLISH) -> tuple[list[str], list[int]]:
    """Texts of lines of WIDTHS, and the lines that the thorough network read."""
    thorough = Thorough()
    lines = [np.zeros((48, width, 3), np.uint8) for width in WIDTHS]
    found = read_lines(CascadeReader(quick, thorough, thorough), lines, options, text_of)
    return found, sorted(thorough.read)


def test_fairly_sure_lines_are_read_again_until_none_of_a_group_differs() -> None:
    expected = [str(width) for width in WIDTHS]
    assert read_page(quick_with(FAIRLY_SURE)) == (expected, [10, 20, 30, 40, 50, 60])
    assert read_page(quick_with(FAIRLY_SURE, wrong=(60,))) == (expected, [*range(10, 130, 10)])
    assert read_page(quick_with(FAIRLY_SURE, wrong=(60, 90, 130))) == (expected, [*FAIRLY_SURE])


def test_unsure_lines_are_read_again_and_say_nothing_about_the_others() -> None:
    _, read = read_page(quick_with({**FAIRLY_SURE, 500: 0.7}, wrong=(500,)))
    assert read == [10, 20, 30, 40, 50, 60, 500]


def test_lines_that_may_lack_spaces_are_always_read_again() -> None:
    def quick(line: Pixels, options: Options) -> list[Character]:
        width = line.shape[1]
        return characters_of("No:5" if width == 500 else str(width), FAIRLY_SURE.get(width, 0.999))

    _, read = read_page(quick)
    assert read == [10, 20, 30, 40, 50, 60, 500]


@pytest.mark.parametrize(("sure", "narrowed"), [(0.98, True), (0.9, False)])
def test_only_doubtful_lines_of_clean_pages_are_narrowed(sure: float, narrowed: bool) -> None:
    thorough, hasty = Thorough(), Thorough()
    lines = [np.zeros((48, width, 3), np.uint8) for width in (10, 20, 30)]
    quick = quick_with({10: 0.8, 20: sure, 30: sure})
    read_lines(CascadeReader(quick, thorough, hasty), lines, ENGLISH, text_of)
    assert (bool(hasty.read), bool(thorough.read)) == (narrowed, not narrowed)


def test_japanese_page_is_left_to_the_thorough_network() -> None:
    assert read_page(quick_with({}), Options(languages=("jpn",)))[1] == list(WIDTHS)


def packaged_reader(engine: PaddleOcrEngine) -> ReadLine:
    """The recognizer of lines below the heads of further scripts."""
    reader = engine.page_reader.read_line
    return reader.packaged if isinstance(reader, ScriptReader) else reader


def test_small_profile_reads_every_line_once() -> None:
    assert isinstance(packaged_reader(PaddleOcrEngine(EngineConfig())), CascadeReader)
    small = PaddleOcrEngine(EngineConfig(profile="small"))
    assert not isinstance(packaged_reader(small), CascadeReader)


def test_clear_line_needs_the_quick_network_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = PaddleOcrEngine(EngineConfig())
    reader = packaged_reader(engine)
    assert isinstance(reader, CascadeReader)
    for name in ("thorough", "hasty"):
        monkeypatch.setattr(reader, name, reading("thorough", 0.5))
    assert engine.recognize(pixels(draw_lines("The house by the river")), ENGLISH).text == (
        "The house by the river"
    )


class Counting:
    """A network whose features are its batch, and which counts its batches."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, batch: Floats) -> Floats:
        self.calls += 1
        return batch

    def metadata(self, key: str) -> str:
        return key


def test_lines_that_showed_the_direction_are_not_computed_again() -> None:
    counting = Counting()
    early = KeptFeatures(counting)
    network = KnownFeatures(counting, early)
    lines = [np.full((1, 3, 48, 160 + 8 * at), at, np.float32) for at in range(5)]
    for line in lines[:3]:
        early(line)
    for line in reversed(lines):
        assert np.array_equal(network(line.copy()), line)
    assert counting.calls == 5
