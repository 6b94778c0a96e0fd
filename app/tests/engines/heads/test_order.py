"""Visual to logical order: right-to-left text, Korean letters, Devanagari vowel signs."""

from __future__ import annotations

import unicodedata

import pytest

from app.engines.paddleocr.heads.order import written, written_text
from app.ocr.result import Bbox, Line, Word


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("םלוע םולש", "שלום עולם"),
        (".םולש", "שלום."),
        ("2026 תנש", "שנת 2026"),
        ("€ 12.50 ריחמ", "מחיר 12.50 €"),
        ("10:30-9:15 תועש", "שעות 10:30-9:15"),
        ("(רחא) דחא", "אחד (אחר)"),
        ("«مالسلا» لاق", "قال «السلام»"),
        ("Microsoft Word תנכות", "תוכנת Microsoft Word"),
        ("version 3.2 רודהמ", "מהדור version 3.2"),
        ("٣٫١٤ ةميقلا", "القيمة ٣٫١٤"),
        ("The word םולש means peace", "The word שלום means peace"),
        ("Plain English (2026).", "Plain English (2026)."),
    ],
)
def test_lines_from_right_to_left(seen: str, meant: str) -> None:
    assert written_text(seen) == meant


def test_korean_letters_become_syllables() -> None:
    meant = "한국어를 읽다 OCR 2.0"
    assert written_text(unicodedata.normalize("NFD", meant)) == meant


@pytest.mark.parametrize(
    ("seen", "meant"), [("िकताब", "किताब"), ("\u093fस्थत", "स्थित"), ("राम", "राम")]
)
def test_sign_for_i_follows_its_consonants(seen: str, meant: str) -> None:
    assert written_text(seen) == meant


def test_words_keep_their_boxes_and_come_in_the_order_of_writing() -> None:
    texts = ["Office", "365", "לש", "(הנכות)"]
    words = tuple(
        Word(text, Bbox(100 * at, 0, 100 * at + 90, 30), 0.9) for at, text in enumerate(texts)
    )
    line = written(Line(words))
    assert line.direction == "rtl"
    assert [(word.text, word.bbox.left) for word in line.words] == [
        ("(תוכנה)", 300),
        ("של", 200),
        ("Office", 0),
        ("365", 100),
    ]


def test_other_lines_stay_as_they_are() -> None:
    line = Line(
        (Word("Übergröße", Bbox(0, 0, 90, 30), 0.9), Word("x²", Bbox(100, 0, 130, 30), 0.8))
    )
    assert written(line) is line
