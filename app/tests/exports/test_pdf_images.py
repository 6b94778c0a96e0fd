"""Searchable PDFs of pictures, read back by poppler, qpdf, PDFium and a PDF/A validator."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import page as validator
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from app.exports.base import Document, Part
from app.ocr.errors import OcrError
from app.ocr.result import Bbox, Page
from app.tests.exports.programs import (
    Box,
    export,
    export_file,
    pdftoppm,
    pdftotext,
    pdftotext_words,
    run,
)
from app.tests.exports.sample import (
    arabic_page,
    chinese_page,
    latin_page,
    sample_pages,
    stored_picture,
    tiff_document,
)

DPI = 150


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pdf")
    return export_file("pdf", tiff_document(folder), folder)


def assert_close(found: Box, wanted: Bbox, tolerance: float = 2.0) -> None:
    assert found == pytest.approx(tuple(wanted), abs=tolerance)


@pytest.mark.parametrize("page", [latin_page(), arabic_page()], ids=["latin", "arabic"])
def test_every_word_lies_on_its_box(sample: Path, page: Page) -> None:
    # poppler gives right-to-left words in visual order, and splits off all but letters.
    found = [(w.pixels(DPI), w.text) for w in pdftotext_words(sample)[page.number - 1]]
    for word in page.words:
        near = [sorted(text) for box, text in found if _overlap(box, word.bbox) > 0.95]
        if word.text.isalnum():
            assert sorted(word.text) in near, word


def _overlap(found: Box, wanted: Bbox) -> float:
    """Intersection over union."""
    width = min(found[2], wanted.right) - max(found[0], wanted.left)
    height = min(found[3], wanted.bottom) - max(found[1], wanted.top)
    shared = max(width, 0) * max(height, 0)
    area = (found[2] - found[0]) * (found[3] - found[1])
    return shared / (area + wanted.width * wanted.height - shared)


def test_leaning_lines_lie_on_their_boxes(sample: Path) -> None:
    page, found = chinese_page(), pdftotext_words(sample)[2]
    for line in page.lines:
        boxes = [
            Bbox(*map(round, word.pixels(DPI))) for word in found if set(word.text) & set(line.text)
        ]
        assert_close(Bbox.around(boxes), line.bbox, 6)


def test_text_lies_on_the_ink_of_the_rendered_pages(sample: Path) -> None:
    for page in sample_pages():
        picture = np.asarray(pdftoppm(sample, page.number, DPI).convert("L"))
        assert picture.shape == pytest.approx((page.height, page.width), abs=1)
        for word in page.words:
            x, y = (word.bbox.left + word.bbox.right) // 2, (word.bbox.top + word.bbox.bottom) // 2
            assert picture[y, x] < 128, word


def test_text_is_copied_in_logical_order(sample: Path) -> None:
    assert pdftotext(sample, 2).splitlines()[0] == "مرحبا بالعالم الجميل"
    assert pdftotext(sample, 3) == "天地玄黄宇宙洪荒\n日月盈昃𠀀辰宿"
    document = pypdfium2.PdfDocument(sample)
    assert "مرحبا بالعالم الجميل" in document[1].get_textpage().get_text_range()
    assert "天地玄黄宇宙洪荒" in document[2].get_textpage().get_text_range()
    document.close()


def test_qpdf_finds_no_errors(sample: Path) -> None:
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", sample)


def test_same_result_gives_the_same_bytes(tmp_path: Path) -> None:
    document = tiff_document(tmp_path)
    exported = export("pdf", document)
    assert exported == export("pdf", document)
    with pikepdf.open(BytesIO(exported)) as pdf:
        made_of_content, changed_with_it = pdf.trailer["/ID"]
        assert bytes(made_of_content) == bytes(changed_with_it)


@pytest.mark.parametrize("kind", ["JPEG", "JPEG2000"])
def test_compressed_pictures_are_embedded_unchanged(tmp_path: Path, kind: str) -> None:
    source = tmp_path / "scan"
    stored_picture(arabic_page()).save(source, kind)
    path = export_file("pdf", _document(source, kind, arabic_page()), tmp_path)
    with pikepdf.open(path) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        assert image.read_raw_bytes() == source.read_bytes()


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGB"), ("PNG", "1"), ("PNG", "RGBA"), ("WEBP", "RGB"), ("BMP", "L"), ("TIFF", "1")],
)
def test_other_pictures_lose_nothing(tmp_path: Path, kind: str, mode: str) -> None:
    source, picture = tmp_path / "scan", stored_picture(latin_page()).convert(mode)
    picture.save(source, kind, **({"lossless": True} if kind == "WEBP" else {}))
    path = export_file("pdf", _document(source, kind, latin_page()), tmp_path)
    with pikepdf.open(path) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        embedded = pikepdf.PdfImage(image).as_pil_image()
    assert np.array_equal(np.asarray(embedded.convert("RGB")), np.asarray(picture.convert("RGB")))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied_once(tmp_path: Path, orientation: int) -> None:
    """The orientation turns the stored picture into the upright one."""
    page = replace(latin_page(), rotation=0)
    source = tmp_path / "photo.jpg"
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    picture = stored_picture(page)
    if orientation > 1:
        picture = picture.transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture.save(source, "JPEG", exif=exif, dpi=(DPI, DPI))
    path = export_file("pdf", _document(source, "JPEG", page), tmp_path)
    shown = np.asarray(pdftoppm(path, 1, DPI).convert("L"))
    words = list(page.words)
    assert all(shown[w.bbox.top + 20, w.bbox.left + 10] < 128 for w in words)
    assert_close(pdftotext_words(path)[0][1].pixels(DPI), words[1].bbox)


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_archival_pdf_is_valid_pdf_a_2b(tmp_path: Path, mode: str) -> None:
    source = tmp_path / "scan.jpg"
    stored_picture(latin_page()).convert(mode).save(source, "JPEG")
    path = export_file("pdf", _document(source, "JPEG", latin_page()), tmp_path, pdfa=True)
    report = validator.validate_pdf(str(path), profile=validator.ValidationProfile.PDF_A_2B)
    assert report.is_compliant, [failure.message for failure in report.failures]
    assert pdftotext(path, 1).startswith("A heading")


def test_plain_pdf_does_not_pass_for_pdf_a(sample: Path) -> None:
    """Otherwise the validator might accept everything."""
    report = validator.validate_pdf(str(sample), profile=validator.ValidationProfile.PDF_A_2B)
    assert not report.is_compliant


def test_merged_files_become_one_pdf_with_bookmarks(tmp_path: Path) -> None:
    first, second = tmp_path / "a.jpg", tmp_path / "b.png"
    stored_picture(latin_page()).save(first, "JPEG")
    stored_picture(arabic_page()).save(second, "PNG")
    parts = (
        Part("a.jpg", (latin_page(),), first, "image/jpeg"),
        Part("b.png", (replace(arabic_page(), number=1),), second, "image/png"),
    )
    path = export_file("pdf", Document("Both", parts), tmp_path)
    assert pdftotext(path, 1).startswith("A heading")
    assert pdftotext(path, 2).startswith("مرحبا")
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["a.jpg", "b.png"]


def test_a_page_that_the_file_does_not_have_is_an_error(tmp_path: Path) -> None:
    source = tmp_path / "scan.jpg"
    stored_picture(latin_page()).save(source, "JPEG")
    part = Part("scan.jpg", (replace(latin_page(), number=2),), source, "image/jpeg")
    with pytest.raises(OcrError):
        export("pdf", Document("Test", (part,)))


def test_a_file_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OcrError) as caught:
        export("pdf", _document(tmp_path / "gone.jpg", "JPEG", latin_page()))
    assert caught.value.code == "source_missing"


def _document(source: Path, kind: str, page: Page) -> Document:
    media_type = {"JPEG2000": "image/jp2"}.get(kind, f"image/{kind.lower()}")
    part = Part(source.name, (replace(page, number=1),), source, media_type)
    # With a fixed date, as in test_pdf_uploads.
    return Document("Test", (part,), datetime(2026, 3, 14, 15, 9, tzinfo=UTC))
