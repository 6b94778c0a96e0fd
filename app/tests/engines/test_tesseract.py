from __future__ import annotations

import pytest

from app.engines.base import EngineConfig
from app.engines.tesseract import TesseractEngine
from app.engines.tesseract.tsv import blocks_from_tsv
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.tests.drawing import PROSE, draw_at, draw_lines, ink_box, pixels

ENGLISH = Options(languages=("eng",))


@pytest.fixture(scope="module", params=["tesserocr", "program"])
def engine(request: pytest.FixtureRequest) -> TesseractEngine:
    return TesseractEngine(EngineConfig(), request.param)


def test_reads_words_where_they_stand(engine: TesseractEngine) -> None:
    page = engine.recognize(pixels(draw_at((500, 160), (60, 50, "Invoice total"))), ENGLISH)
    assert page.text == "Invoice total"
    for word, x in zip(page.words, (60, 60 + 98), strict=True):
        expected = ink_box(word.text, x, 50)
        assert word.bbox.top == pytest.approx(expected.top, abs=3)
        assert word.bbox.bottom == pytest.approx(expected.bottom, abs=3)
        assert word.confidence > 0.8


def test_whitelist_holds_for_one_request_only(engine: TesseractEngine) -> None:
    image = pixels(draw_lines("Room 4711"))
    digits = engine.recognize(image, Options(languages=("eng",), whitelist="0123456789"))
    assert set(digits.text) <= set("0123456789 \n")
    assert "4711" in digits.text
    assert engine.recognize(image, ENGLISH).text == "Room 4711"


def test_user_words_are_accepted(engine: TesseractEngine) -> None:
    options = Options(languages=("eng",), user_words=("Onlineocr", "Quux"))
    assert engine.recognize(pixels(draw_lines("Onlineocr Quux")), options).text == "Onlineocr Quux"


def test_blank_page_is_empty(engine: TesseractEngine) -> None:
    assert engine.recognize(pixels(draw_lines(" ")), ENGLISH).blocks == ()


def test_missing_legacy_model_is_a_clear_refusal(engine: TesseractEngine) -> None:
    with pytest.raises(OcrError) as refusal:
        engine.recognize(pixels(draw_lines("x")), Options(languages=("eng",), oem=0))
    assert refusal.value.code == "bad_option"


def test_both_ways_of_calling_agree() -> None:
    image = pixels(draw_lines(*PROSE))
    ours, programs = (
        TesseractEngine(EngineConfig(), backend).recognize(image, ENGLISH)
        for backend in ("tesserocr", "program")
    )
    assert ours.text.split() == programs.text.split()


def test_program_is_used_where_tesserocr_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        "app.engines.tesseract.installed.find_spec",
        lambda name: None if name == "tesserocr" else find_spec(name),
    )
    engine = TesseractEngine(EngineConfig())
    assert engine.availability().available
    assert engine.recognize(pixels(draw_lines("Fallback")), ENGLISH).text == "Fallback"


def row(block: int, line: int, text: str, left: int) -> str:
    return f"5\t1\t{block}\t1\t{line}\t1\t{left}\t10\t40\t20\t91.5\t{text}"


def test_tsv_keeps_reading_order_of_right_to_left_words() -> None:
    (block,) = blocks_from_tsv("\n".join([row(1, 1, "امروز", 200), row(1, 1, "هوا", 100)]))
    (line,) = block.lines
    assert (line.text, line.direction) == ("امروز هوا", "rtl")


def test_tsv_joins_chinese_words_and_parts_paragraphs() -> None:
    rows = [row(1, 1, "繁體", 0), row(1, 1, "中文", 50), row(1, 2, "OCR", 0), row(2, 1, "next", 0)]
    rows.insert(1, "4\t1\t1\t1\t1\t0\t0\t10\t40\t20\t-1\t")
    blocks = blocks_from_tsv("\n".join(rows))
    assert [block.text for block in blocks] == ["繁體中文\nOCR", "next"]
    assert blocks[0].lines[0].words[0].confidence == pytest.approx(0.915)


def test_tsv_joins_the_syllables_of_a_korean_word() -> None:
    """Rows are 40 wide and 20 high: gaps of 4 separate syllables, gaps of 14 separate words."""
    syllables = ((0, "회"), (44, "의"), (88, "는"), (142, "금요일"))
    blocks = blocks_from_tsv("\n".join(row(1, 1, text, left) for left, text in syllables))
    assert blocks[0].text == "회의는 금요일"
