"""Fonts with a wrong map to Unicode are found by their shapes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import ImageFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.engines.base import EngineConfig
from app.ocr.images import PDF, SourceFile
from app.ocr.layout.elements import PageElements
from app.ocr.options import Options
from app.ocr.result import Bbox, Page
from app.ocr.source.text_layer import FontSample, TextLayer
from app.recognition.layer_check import wrong_fonts
from app.recognition.recognizer import Recognizer
from app.tests.drawing import PROSE
from app.tests.pdfs import PdfPage

HEADING = "Minutes of the spring meeting"


def shifted(character: str) -> str:
    return chr(ord(character) + 3) if character.isalnum() else character


def byte_swapped(character: str) -> str:
    return chr(ord(character) << 8)


def scrambled(character: str) -> str:
    """A font as made by a subsetter that numbers letters by first use."""
    order = "etaoinshrdlucmfwypvbgkqjxz"
    at = "abcdefghijklmnopqrstuvwxyz".find(character.lower())
    return order[at] if at >= 0 else character


def of_another_alphabet(character: str) -> str:
    """Bytes of Windows-1251 taken for Latin-1."""
    return chr(ord(character) + 0x80) if character.isalpha() else character


WRONG = [shifted, byte_swapped, scrambled, of_another_alphabet]


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer(EngineConfig())


def read(recognizer: Recognizer, folder: Path, data: bytes, **options: object) -> Page:
    path = folder / "page.pdf"
    path.write_bytes(data)
    return recognizer.recognize(SourceFile(path, PDF), 1, Options(**options))  # type: ignore[arg-type]


def prose(font: str, made: PdfPage) -> PdfPage:
    for at, line in enumerate(PROSE):
        made.add(f"BT /{font} 13 Tf 1 0 0 1 30 {220 - 24 * at} Tm ({line}) Tj ET")
    return made


@pytest.mark.parametrize("means", WRONG)
@pytest.mark.parametrize("base", ["Helvetica", "Times-Roman"])
def test_a_page_in_a_wrong_font_is_read_as_a_picture(
    recognizer: Recognizer, tmp_path: Path, means: Callable[[str], str], base: str
) -> None:
    made = prose("W", PdfPage().mapped_font("W", base, means))
    page = read(recognizer, tmp_path, made.data())
    assert page.text.split() == " ".join(PROSE).split()
    assert page.source == "image"
    assert "not what it shows" in page.reason


@pytest.mark.parametrize("means", WRONG)
def test_only_the_lines_in_a_wrong_font_are_read(
    recognizer: Recognizer, tmp_path: Path, means: Callable[[str], str]
) -> None:
    made = prose("F1", PdfPage().mapped_font("W", "Helvetica-Bold", means))
    made.add(f"BT /W 18 Tf 1 0 0 1 30 260 Tm ({HEADING}) Tj ET")
    page = read(recognizer, tmp_path, made.data())
    assert page.text.split() == " ".join((HEADING, *PROSE)).split()
    assert page.source == "pdf_text"
    recognized = {word.text for word in page.words if word.source == "image"}
    assert recognized == set(HEADING.split())


@pytest.mark.parametrize("text", ["capitals", "right"])
def test_unusual_but_right_fonts_are_believed(
    recognizer: Recognizer, tmp_path: Path, text: str
) -> None:
    """Fonts that draw capitals for lower case, and text without lower case."""
    made = PdfPage().mapped_font("C", "Helvetica", str.lower)
    lines = [line.upper() for line in PROSE]
    for at, line in enumerate(lines):
        font = "C" if text == "capitals" else "F1"
        made.add(f"BT /{font} 11 Tf 1 0 0 1 20 {220 - 24 * at} Tm ({line}) Tj ET")
    page = read(recognizer, tmp_path, made.data())
    assert page.source == "pdf_text"
    assert page.text.upper().split() == " ".join(lines).split()
    assert not [word for word in page.words if word.source == "image"]


def test_embedded_subset_fonts_are_believed_without_reading(tmp_path: Path) -> None:
    registerFont(TTFont("Aileron", io.BytesIO(ImageFont.load_default(20).path.getvalue())))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 300))
    canvas.setFont("Aileron", 13)
    for at, line in enumerate(PROSE):
        canvas.drawString(30, 220 - 24 * at, line)
    canvas.save()
    page = read(ForbiddenRecognizer(EngineConfig()), tmp_path, buffer.getvalue())
    assert page.text.split() == " ".join(PROSE).split()
    assert page.source == "pdf_text"


class ForbiddenRecognizer(Recognizer):
    reader = property(lambda self: pytest.fail("A sound page needs no engine."), lambda *_: None)


def test_text_only_says_why_there_is_none(recognizer: Recognizer, tmp_path: Path) -> None:
    made = prose("W", PdfPage().mapped_font("W", "Helvetica", shifted))
    page = read(recognizer, tmp_path, made.data(), pdf_text="only")
    assert (page.text, page.reason) == ("", "the page's own text is not what it shows")


@pytest.mark.parametrize(
    ("reading", "wrong"), [("", False), (None, False), ("Wholly other", True), (HEADING, False)]
)
def test_only_another_reading_proves_a_font_wrong(reading: str | None, wrong: bool) -> None:
    sample = FontSample(7, (HEADING,), (Bbox(0, 0, 300, 40),), len(HEADING), suspicion=1.0)
    layer = TextLayer(PageElements(400, 400, ()), 100, fonts=(sample,))
    picture = np.zeros((40, 300, 3), np.uint8)
    found = wrong_fonts(layer, lambda box: picture, lambda pixels, script: reading)
    assert found == (frozenset({7}) if wrong else frozenset())
