"""Direction of letters that only Tesseract reads: its readings, then its detection, decide."""

from __future__ import annotations

import numpy as np
import pytest

from app.engines.base import Availability
from app.engines.runtime.onnx import Floats
from app.engines.tesseract.request import Detection
from app.ocr.options import Options
from app.ocr.result import Bbox, Block, Line, Page, Word
from app.ocr.source.base import Pixels
from app.recognition.direction.by_tesseract import rotation_by_tesseract

# One line whose ink is at its left end.
PAGE = np.full((100, 600, 3), 250, np.uint8)
PAGE[35:65, 60:200] = 20
LINE: Floats = np.array([(50, 30), (550, 30), (550, 70), (50, 70)], np.float32)
TEXTS = {"eng": "harbour", "ara": "مرفأ", "ell": "λιμάνι"}


class Tesseract:
    """Reads the line better in the right language, and the way up that has its ink on the left."""

    def __init__(
        self, language: str = "ara", sure: float = 0.9, other: float = 0.3, left: bool = True
    ) -> None:
        self.language, self.sure, self.other, self.left = language, sure, other, left
        self.detected: Detection | None = None
        self.read: list[str] = []

    def availability(self) -> Availability:
        return Availability(True)

    def languages(self) -> tuple[str, ...]:
        return tuple(TEXTS)

    def direction(self, pixels: Pixels) -> Detection | None:
        return self.detected

    def recognize(self, pixels: Pixels, options: Options) -> Page:
        (language,) = options.languages
        self.read.append(language)
        half = pixels.shape[1] // 2
        on_left = pixels[:, :half].mean() < pixels[:, half:].mean()
        sure = self.sure if on_left == self.left else self.other
        sure = sure if language == self.language else 0.2
        word = Word(TEXTS[language], Bbox(0, 0, 9, 9), sure)
        return Page(1, 10, 10, (Block((Line((word,)),)),))


def rotation(tesseract: Tesseract, *languages: str, ways: tuple[int, int] = (0, 180)) -> int | None:
    return rotation_by_tesseract(tesseract, PAGE, [LINE], ways, languages)  # type: ignore[arg-type]


@pytest.mark.parametrize(("left", "right"), [(True, 0), (False, 180)])
def test_given_language_is_read_both_ways(left: bool, right: int) -> None:
    assert rotation(Tesseract(left=left), "ara") == right
    assert rotation(Tesseract(left=left), "ara", ways=(180, 0)) == right


def test_sure_reading_needs_no_comparison() -> None:
    tesseract = Tesseract()
    assert rotation(tesseract, "ara") == 0
    assert tesseract.read == ["ara"]


def test_detection_decides_where_both_readings_are_alike() -> None:
    tesseract = Tesseract(sure=0.5, other=0.45)
    assert rotation(tesseract, "ara") is None
    tesseract.detected = Detection("Arabic", 180, 5.0)
    assert rotation(tesseract, "ara") == 180


def test_unknown_language_is_detected_or_tried() -> None:
    tesseract = Tesseract(left=False, sure=0.7)
    assert rotation(tesseract) == 180
    tesseract.detected = Detection("Arabic", 0, 9.0)
    assert rotation(tesseract) == 0
    tesseract.detected = Detection("Arabic", 0, 0.4)
    assert rotation(tesseract) == 180


def test_script_of_which_neither_way_is_clear_decides_nothing() -> None:
    assert rotation(Tesseract(sure=0.7, other=0.65)) is None
    assert rotation(Tesseract(sure=0.4, other=0.1)) is None


def test_letters_of_another_script_count_for_nothing() -> None:
    tesseract = Tesseract(language="ell")
    assert rotation(tesseract, "ell") == 0
    TEXTS["ell"], kept = "AiµávI", TEXTS["ell"]
    try:
        assert rotation(tesseract, "ell") is None
    finally:
        TEXTS["ell"] = kept
