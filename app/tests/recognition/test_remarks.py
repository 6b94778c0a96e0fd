"""Attached files, damaged pages and damaged pictures are named in the answer."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name
from PIL import Image

from app.engines.base import EngineConfig
from app.ocr.errors import OcrError
from app.ocr.images import PDF, SourceFile
from app.ocr.options import Options
from app.ocr.result import Bbox, Block, Line, Page, Word
from app.recognition.recognizer import Recognizer
from app.recognition.remarks import with_doubt
from app.tests.pdfs import PdfPage

COVER = "Please open this portfolio"


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer(EngineConfig())


def read(recognizer: Recognizer, folder: Path, data: bytes, number: int = 1) -> Page:
    path = folder / "page.pdf"
    path.write_bytes(data)
    return recognizer.recognize(SourceFile(path, PDF), number, Options())


def saved(pdf: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def test_files_pinned_to_a_page_are_named_on_it(recognizer: Recognizer, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(PdfPage().text(COVER).data())) as pdf:
        attached = pikepdf.AttachedFileSpec(pdf, b"1,2", filename="Figures.csv")
        pin = pikepdf.Dictionary(
            Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[40, 40, 60, 60], FS=attached.obj
        )
        pdf.pages.append(pdf.pages[0])
        pdf.pages[1].Annots = pdf.make_indirect([pdf.make_indirect(pin)])
        data = saved(pdf)
    assert "Figures.csv" not in read(recognizer, tmp_path, data).reason
    assert "Figures.csv" in read(recognizer, tmp_path, data, 2).reason


def test_attached_files_are_named_on_the_first_page(recognizer: Recognizer, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(PdfPage().text(COVER).data())) as pdf:
        for at in range(6):
            pdf.attachments[f"Bill {at}.pdf"] = b"%PDF-1.7"
        pdf.Root.Collection = pikepdf.Dictionary(Type=Name.Collection)
        pdf.pages.append(pdf.pages[0])
        data = saved(pdf)
    first = read(recognizer, tmp_path, data)
    assert first.text == COVER
    assert "Bill 0.pdf" in first.reason
    assert first.reason.endswith("and 1 more")
    assert "Bill" not in read(recognizer, tmp_path, data, 2).reason
    second = recognizer.recognize(SourceFile(tmp_path / "page.pdf", PDF), 2, Options(pages="2"))
    assert "Bill 0.pdf" in second.reason  # the first requested page


def test_a_damaged_picture_is_not_an_empty_page(recognizer: Recognizer, tmp_path: Path) -> None:
    made = PdfPage().picture("Scan", Image.new("RGB", (30, 30), "red"))
    scan = made.resources.XObject.Scan
    scan.write(b"\xff\xd8\xff no picture", filter=Name.DCTDecode)
    page = read(recognizer, tmp_path, made.add("q 300 0 0 200 40 40 cm /Scan Do Q").data())
    assert page.text == ""
    assert "damaged" in page.reason


def test_an_empty_page_is_no_damaged_one(recognizer: Recognizer, tmp_path: Path) -> None:
    assert "damaged" not in read(recognizer, tmp_path, PdfPage().data()).reason


def bomb(pages: int) -> bytes:
    """A file whose last page draws too much to be rendered."""
    made = PdfPage()
    for at in range(7):
        inner = f"/F{at - 1} Do " * 10 if at else "0 0 1 1 re f "
        made.form(f"F{at}", inner, pikepdf.Dictionary(XObject=made.resources.XObject))
    made.add("/F6 Do")
    with pikepdf.open(io.BytesIO(made.data())) as pdf:
        for _ in range(pages - 1):
            pdf.pages.insert(0, pdf.pages[-1])
            pdf.pages[0].Contents = pdf.make_stream(b"BT /F1 14 Tf 40 200 Td (Fine) Tj ET")
            pdf.pages[0].Resources = pikepdf.Dictionary(Font=pdf.pages[-1].Resources.Font)
        return saved(pdf)


def test_one_damaged_page_spoils_no_document(recognizer: Recognizer, tmp_path: Path) -> None:
    data = bomb(2)
    assert read(recognizer, tmp_path, data, 1).text == "Fine"
    page = read(recognizer, tmp_path, data, 2)
    assert (page.number, page.text) == (2, "")
    assert page.reason.startswith("not read: The drawing of page 2")
    with pytest.raises(OcrError):
        read(recognizer, tmp_path, bomb(1))


def doubtful(texts: list[str], sure: float) -> Page:
    boxes = (Bbox(20 * at, 0, 20 * at + 15, 20) for at in range(len(texts)))
    words = tuple(Word(text, box, sure) for text, box in zip(texts, boxes, strict=True))
    return Page(1, 4000, 100, (Block((Line(words),)),), reason="tried")


def test_page_of_single_letters_says_that_it_was_not_made_out() -> None:
    page = with_doubt(doubtful(list("lIoe") * 20, 0.8))
    assert (page.text, page.reason) == ("", "tried; the text could not be made out")


def test_doubtful_page_keeps_its_words_and_says_so() -> None:
    page = with_doubt(doubtful(["harbour", "town"] * 30, 0.4))
    assert page.text.startswith("harbour town")
    assert page.reason == "tried; read with little confidence"


def test_column_of_letters_read_surely_is_left_as_it_is() -> None:
    page = doubtful(list("abcd") * 20, 0.95)
    assert with_doubt(page) is page
    figures = doubtful(list("7315") * 20, 0.8)
    assert with_doubt(figures) is figures


def test_few_letters_and_chinese_are_no_noise() -> None:
    assert with_doubt(doubtful(["A", "B"], 0.3)).text == "A B"
    assert with_doubt(doubtful(list("港口城市") * 20, 0.3)).text


def test_page_with_doubtful_handwriting_says_what_to_check() -> None:
    page = doubtful(["Dear", "friends"], 0.8)
    [block] = page.blocks
    hand = block.map_lines(
        lambda line: Line(tuple(replace(word, handwritten=True) for word in line.words))
    )
    assert with_doubt(replace(page, blocks=(hand,))).reason == "tried; check the handwriting"
    assert with_doubt(page) is page
