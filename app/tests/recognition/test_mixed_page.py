"""PDF pages that are partly text and partly pictures with text: everything is read exactly once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from app.engines.base import EngineConfig
from app.ocr.images import PDF, SourceFile
from app.ocr.layout.elements import PageElements, Piece
from app.ocr.options import Options
from app.ocr.result import Bbox, Page, Word
from app.ocr.source.text_layer import TextLayer
from app.recognition.mixed_page import is_text_lost
from app.recognition.recognizer import Recognizer
from app.tests.drawing import PROSE, draw_lines
from app.tests.pdfs import PdfPage

HEAD = ("Holm and Berg Carpentry", "14 Quarry Lane Elmstead")
A4 = (595, 842)


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer(EngineConfig())


def letter() -> PdfPage:
    """An A4 page with five lines of text in its middle."""
    made = PdfPage(A4)
    for at, line in enumerate(PROSE):
        made.text(line, 60, 500 - 20 * at, 12)
    return made


def read(recognizer: Recognizer, folder: Path, made: PdfPage, **options: object) -> Page:
    path = folder / "page.pdf"
    path.write_bytes(made.data())
    return recognizer.recognize(SourceFile(path, PDF), 1, Options(**options))  # type: ignore[arg-type]


def words(page: Page, source: str) -> list[str]:
    return [word.text for word in page.words if word.source == source]


def test_text_in_a_wrong_font_that_the_picture_does_not_show_is_lost() -> None:
    pieces = tuple(Piece((Word("text", Bbox(10, top, 90, top + 20), 1.0),)) for top in (0, 50, 100))
    fonts = (frozenset({1}), frozenset({2}), frozenset({2}))
    layer = TextLayer(PageElements(200, 200, pieces), 72, piece_fonts=fonts)
    checked = layer.without_fonts(frozenset({2}))
    assert not is_text_lost(layer, layer, [])
    assert is_text_lost(layer, checked, [])
    assert is_text_lost(layer, checked, pieces[1:2])
    assert not is_text_lost(layer, checked, pieces[1:])


@pytest.mark.parametrize("place", ["60 700", "60 60"])
def test_a_picture_of_text_is_read_into_the_page(
    recognizer: Recognizer, tmp_path: Path, place: str
) -> None:
    made = letter().picture("Head", draw_lines(*HEAD, margin=10))
    page = read(recognizer, tmp_path, made.add(f"q 300 0 0 80 {place} cm /Head Do Q"))
    assert page.source == "pdf_text"
    assert words(page, "") == " ".join(PROSE).split()
    assert words(page, "image") == " ".join(HEAD).split()
    both = (HEAD, PROSE) if place == "60 700" else (PROSE, HEAD)
    assert page.text.split() == " ".join(" ".join(lines) for lines in both).split()
    assert "recognized" in page.reason
    assert page.confidence < 1


def test_recognized_words_lie_where_they_are_on_the_page(
    recognizer: Recognizer, tmp_path: Path
) -> None:
    made = letter().picture("Head", draw_lines(*HEAD, margin=10))
    page = read(recognizer, tmp_path, made.add("q 300 0 0 80 200 700 cm /Head Do Q"))
    first = next(word for word in page.words if word.text == "Holm")
    assert first.bbox.left == pytest.approx(205 * 300 / 72, abs=30)
    assert (first.bbox.top + first.bbox.bottom) / 2 == pytest.approx(82 * 300 / 72, abs=40)


def test_text_over_a_picture_is_not_read_twice(recognizer: Recognizer, tmp_path: Path) -> None:
    """A letterhead picture as wide as the page, with digital text on it."""
    made = letter().picture("Head", draw_lines(*HEAD, margin=10, paper="lightblue"))
    made.add("q 300 0 0 80 60 700 cm /Head Do Q").text("Invoice 4711 of 9 May", 380, 735, 12)
    made.text("Copy", 325, 702, 8)
    page = read(recognizer, tmp_path, made)
    assert words(page, "image") == " ".join(HEAD).split()
    assert sorted(words(page, "")) == sorted(
        f"{' '.join(PROSE)} Invoice 4711 of 9 May Copy".split()
    )


def test_a_stamp_that_is_a_picture(recognizer: Recognizer, tmp_path: Path) -> None:
    made = letter().picture("Stamp", draw_lines("PAID 17 MAY", margin=10))
    look = made.pdf.make_stream(b"q 150 0 0 40 0 0 cm /Stamp Do Q")
    look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    look.BBox, look.Resources = pikepdf.Array([0, 0, 150, 40]), made.resources
    stamp = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, F=4,
        Rect=pikepdf.Array([350, 600, 500, 640]), AP=pikepdf.Dictionary(N=look),
    )  # fmt: skip
    made.page.Annots = pikepdf.Array([made.pdf.make_indirect(stamp)])
    page = read(recognizer, tmp_path, made)
    assert words(page, "image") == ["PAID", "17", "MAY"]


def test_pictures_without_text_add_nothing(recognizer: Recognizer, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (40, 60, 3), np.uint8)
    photo = Image.fromarray(noise).resize((900, 600), Image.Resampling.BICUBIC)
    made = letter().picture("Photo", photo).add("q 300 0 0 200 60 600 cm /Photo Do Q")
    made.add("0 0 1 RG 60 100 m 200 300 l 300 150 l 400 350 l S")
    page = read(recognizer, tmp_path, made)
    assert page.text.split() == " ".join(PROSE).split()
    assert not words(page, "image")


def test_a_scan_with_a_stamped_number_is_read_as_a_picture(
    recognizer: Recognizer, tmp_path: Path
) -> None:
    made = PdfPage(A4).picture("Scan", draw_lines(*PROSE * 4))
    made.add("q 575 0 0 800 10 30 cm /Scan Do Q").text("0001234", 500, 10, 9)
    page = read(recognizer, tmp_path, made)
    assert page.source == "image"
    assert "picture" in page.reason
    assert set(" ".join(PROSE).split()) <= set(page.text.split())


def test_a_sideways_page_with_a_picture(recognizer: Recognizer, tmp_path: Path) -> None:
    made = letter().picture("Head", draw_lines(*HEAD, margin=10))
    made.add("q 300 0 0 80 60 700 cm /Head Do Q")
    made.page.Rotate = 90
    page = read(recognizer, tmp_path, made)
    assert (page.rotation, page.source) == (270, "pdf_text")
    assert page.height > page.width
    assert page.text.split() == " ".join((*HEAD, *PROSE)).split()


def test_a_word_that_lacks_characters_is_read_in_its_line(
    recognizer: Recognizer, tmp_path: Path
) -> None:
    """Ligatures of subset fonts often have no character."""
    made = letter().mapped_font("M", "Helvetica", lambda each: "\ue123" if each == "W" else each)
    made.add("BT /M 14 Tf 60 600 Td (Report on the Weather station) Tj ET")
    page = read(recognizer, tmp_path, made)
    assert words(page, "image") == ["Weather"]
    assert "Report on the Weather station" in page.text


def test_text_only_reads_no_picture(recognizer: Recognizer, tmp_path: Path) -> None:
    made = letter().picture("Head", draw_lines(*HEAD, margin=10))
    made.add("q 300 0 0 80 60 700 cm /Head Do Q")
    page = read(recognizer, tmp_path, made, pdf_text="only")
    assert page.text.split() == " ".join(PROSE).split()


def test_words_that_lack_a_character_are_not_lost(recognizer: Recognizer, tmp_path: Path) -> None:
    """They are read off the page; what recognition is not sure of, or may not do, says what it
    lacks."""
    made = letter().mapped_font("Odd", "Helvetica", lambda each: "\ue123" if each == "z" else each)
    made.add("BT /Odd 12 Tf 60 600 Td (The zebra zone zz of Brazil) Tj ET")
    known = read(recognizer, tmp_path, made, pdf_text="only")
    assert words(known, "")[:4] == ["The", "\ufffdebra", "\ufffdone", "of"]
    assert known.text.count("\ufffd") == 3
    whole = read(recognizer, tmp_path, made)
    assert "\ufffd" not in whole.text
    assert {"zebra", "zone", "Brazil"} <= set(words(whole, "image"))
