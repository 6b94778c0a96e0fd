"""Text layers on uploaded PDFs: the pages are unchanged, and the words lie on the drawn marks."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import page as validator
import pikepdf
import pytest
from pikepdf import Dictionary, Name

from app.exports.base import Document, Part
from app.ocr.errors import OcrError
from app.ocr.images import PDF
from app.ocr.result import Bbox, Block, Line, Page, Word
from app.ocr.source import Limits, open_source
from app.tests.exports.programs import export_file, pdftotext, pdftotext_words, run

TEXTS = ("al", "be", "ga", "de")
# Four of different sizes, so that no rotation leaves them where they were.
MARKS = b"""0 0 0 rg
60 350 18 15 re f
160 350 22 19 re f
60 200 26 23 re f
210 65 15 13 re f
q q
"""
CROPPED = {"MediaBox": [5, 10, 311, 406], "CropBox": [300, 390, 30, 40]}
PLAIN = {"MediaBox": [0, 0, 306, 396]}


def make_pdf(path: Path, boxes: dict[str, list[int]], rotate: int = 0, extra: bytes = b"") -> Path:
    """One page of vector marks with a bookmark and metadata; its content leaves two q open."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(306, 396))
        page = pdf.pages[0]
        for name, values in boxes.items():
            page.obj[Name(f"/{name}")] = pikepdf.Array(values)
        # Inherited from the page tree, as in files of many writers.
        pdf.Root.Pages.Rotate = rotate
        font = Dictionary(Type=Name.Font, Subtype=Name("/Type1"), BaseFont=Name("/Helvetica"))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(extra + MARKS)
        pdf.docinfo["/Author"] = "Somebody"
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Chapter", 0))
        pdf.save(path)
    return path


def recognized(path: Path, rotation: int) -> Page:
    """The page as the recognizer sees it: rendered, turned upright, the marks found by OpenCV."""
    with open_source(path, PDF, Limits()) as source:
        image = source.page_image(1)
    pixels = np.ascontiguousarray(np.rot90(image.pixels, -rotation // 90))
    ink = (pixels.min(axis=2) < 128).astype(np.uint8)
    _, _, found, _ = cv2.connectedComponentsWithStats(ink)
    boxes = [Bbox(x, y, x + w, y + h) for x, y, w, h, _ in found[1:].tolist()]
    words = (Word(text, box, 0.9) for text, box in zip(TEXTS, sorted(boxes), strict=True))
    lines = tuple(Line((word,)) for word in words)
    height, width = ink.shape
    return Page(1, width, height, (Block(lines),), rotation, dpi=image.dpi)


def document(path: Path, page: Page, password: str = "") -> Document:
    """A document with a fixed date: if a stream happens to end in a carriage return, the PDF/A
    validator takes it for a part of the following line end."""
    part = Part("upload.pdf", (page,), path, PDF, password)
    return Document("Upload", (part,), datetime(2026, 3, 14, 15, 9, tzinfo=UTC))


@pytest.mark.parametrize("boxes", [PLAIN, CROPPED], ids=["plain", "cropped"])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("rotation", [0, 90])
def test_words_lie_on_the_marks(
    tmp_path: Path, boxes: dict[str, list[int]], rotate: int, rotation: int
) -> None:
    source = make_pdf(tmp_path / "upload.pdf", boxes, rotate)
    page = recognized(source, rotation)
    exported = export_file("pdf", document(source, page), tmp_path)
    # Rendered again, the page is upright: the same marks at the same places, without rotation.
    wanted = {word.text: tuple(word.bbox) for word in page.words}
    for word in recognized(exported, 0).words:
        assert word.bbox == pytest.approx(wanted[word.text], abs=1)
    # poppler measures from the corner of the crop box only with this option.
    found = pdftotext_words(exported, "-cropbox")[0]
    assert {word.text for word in found} == set(TEXTS)
    for word in found:
        assert page.dpi
        assert word.pixels(page.dpi) == pytest.approx(wanted[word.text], abs=2)


def test_the_original_is_kept(tmp_path: Path) -> None:
    source = make_pdf(tmp_path / "upload.pdf", PLAIN)
    exported = export_file("pdf", document(source, recognized(source, 0)), tmp_path)
    with pikepdf.open(exported) as pdf, pdf.open_outline() as outline:
        assert MARKS in [stream.read_bytes() for stream in pdf.pages[0].Contents]
        assert [item.title for item in outline.root] == ["Chapter"]
        assert pdf.docinfo["/Author"] == "Somebody"
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", exported)


def test_exporting_again_replaces_the_text_layer(tmp_path: Path) -> None:
    visible = b"BT /F1 12 Tf 1 0 0 1 60 150 Tm (visible) Tj ET\n"
    source = make_pdf(tmp_path / "upload.pdf", PLAIN)
    page = recognized(source, 0)
    make_pdf(source, PLAIN, extra=visible)
    once = export_file("pdf", document(source, page), tmp_path)
    again = tmp_path / "again.pdf"
    once.rename(again)
    words = [
        word.text
        for word in pdftotext_words(export_file("pdf", document(again, page), tmp_path))[0]
    ]
    assert sorted(words) == sorted([*TEXTS, "visible"])


def test_a_page_with_its_own_text_gets_no_second_one(tmp_path: Path) -> None:
    source = make_pdf(tmp_path / "upload.pdf", PLAIN)
    page = recognized(source, 0)
    own = Page(1, page.width, page.height, page.blocks, source="pdf_text")
    assert pdftotext(export_file("pdf", document(source, own), tmp_path), 1) == ""


def test_pdf_a_of_an_upload_is_made_of_pictures(tmp_path: Path) -> None:
    source = make_pdf(tmp_path / "upload.pdf", CROPPED, 90)
    page = recognized(source, 0)
    own = Page(1, page.width, page.height, page.blocks, page.rotation, source="pdf_text")
    for recognition in (page, own):  # the picture of a page has lost the text that it had
        check_archival(export_file("pdf", document(source, recognition), tmp_path, pdfa=True))


def check_archival(exported: Path) -> None:
    report = validator.validate_pdf(str(exported), profile=validator.ValidationProfile.PDF_A_2B)
    assert report.is_compliant, [failure.message for failure in report.failures]
    assert set(pdftotext(exported, 1).split()) == set(TEXTS)


@pytest.mark.parametrize(
    ("password", "code"), [("", "password_required"), ("guess", "wrong_password")]
)
def test_an_encrypted_upload_needs_its_password(tmp_path: Path, password: str, code: str) -> None:
    source = make_pdf(tmp_path / "upload.pdf", PLAIN)
    page = recognized(source, 0)
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(source) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="secret", user="secret"))
    with pytest.raises(OcrError) as caught:
        export_file("pdf", document(locked, page, password), tmp_path)
    assert caught.value.code == code
    exported = export_file("pdf", document(locked, page, "secret"), tmp_path)
    assert set(pdftotext(exported, 1).split()) == set(TEXTS)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("/MediaBox", pikepdf.Array([Name.A, 0, 1, 1])),
        ("/Resources", pikepdf.Array([])),
        ("/Rotate", Name.Left),
        ("/Rotate", 45),
    ],
)
def test_small_damages_are_overlooked(tmp_path: Path, key: str, value: pikepdf.Object) -> None:
    source, page = damaged(tmp_path, key, value)
    exported = export_file("pdf", document(source, page), tmp_path)
    assert set(pdftotext(exported, 1).split()) == set(TEXTS)


def test_damaged_content_is_an_error(tmp_path: Path) -> None:
    source, page = damaged(tmp_path, "/Contents", 7)
    with pytest.raises(OcrError, match="damaged"):
        export_file("pdf", document(source, page), tmp_path)


def damaged(folder: Path, key: str, value: object) -> tuple[Path, Page]:
    source = make_pdf(folder / "upload.pdf", PLAIN)
    page = recognized(source, 0)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj[key] = value
        pdf.save(source)
    return source, page


def test_what_is_no_pdf_is_an_error(tmp_path: Path) -> None:
    source = make_pdf(tmp_path / "upload.pdf", PLAIN)
    page = recognized(source, 0)
    source.write_bytes(b"%PDF-1.7 nothing more")
    with pytest.raises(OcrError, match="damaged"):
        export_file("pdf", document(source, page), tmp_path)
