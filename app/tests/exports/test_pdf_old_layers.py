"""An exported PDF has one text layer, whatever the uploaded PDF had, even when exported again."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pypdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name

from app.exports.base import Document, Part
from app.ocr.images import PDF
from app.ocr.result import Bbox, Block, Line, Page, Word
from app.ocr.source import Limits, open_source
from app.tests.drawing import draw_lines
from app.tests.exports.programs import export_file, run
from app.tests.pdfs import SIZE, PdfPage, show

DPI = 300
TEXT = ("The committee met on Monday", "and approved the budget")
OLD = ("Thc commlttcc mct on Monday", "and approvcd thc budgct")
VISIBLE = "Received 14 March"
OLD_TEXT = "\n".join(show(line, 40, 200 - 40 * at) for at, line in enumerate(OLD))
SCAN = "q 400 0 0 300 0 0 cm /Scan Do Q"


def scan() -> PdfPage:
    return PdfPage().picture("Scan", draw_lines(*TEXT, size=16).resize((400, 300)))


def in_several_streams(made: PdfPage) -> PdfPage:
    """The state is set in one stream and used in the next, as print drivers write."""
    parts = [SCAN, "q 3 Tr", OLD_TEXT, "Q"]
    made.data = lambda: _with_streams(made, parts)  # type: ignore[method-assign]
    return made


def _with_streams(made: PdfPage, parts: list[str]) -> bytes:
    data = PdfPage.data(made)
    with pikepdf.open(_stream(data)) as pdf:
        pdf.pages[0].Contents = Array([pdf.make_stream(part.encode()) for part in parts])
        return _saved(pdf)


def transparent(made: PdfPage) -> PdfPage:
    made.resources.ExtGState.Clear = Dictionary(ca=0)
    return made.add(f"{SCAN} q /Clear gs {OLD_TEXT} Q")


def in_a_form(made: PdfPage, *, own_font: bool = True) -> PdfPage:
    """A layer as OCRmyPDF and paperless-ngx write it: the page itself has no font."""
    fonts = Dictionary(Font=made.resources.Font) if own_font else None
    made.form("OCR", f"q 3 Tr {OLD_TEXT} Q", fonts)
    if own_font:
        del made.resources[Name.Font]
    return made.add(f"q 1 0 0 1 0 0 cm {SCAN} Q q /OCR Do Q")


def in_nested_forms(made: PdfPage) -> PdfPage:
    made.form("Inner", OLD_TEXT)
    inner = Dictionary(XObject=Dictionary(Inner=made.resources.XObject.Inner))
    made.form("Outer", "q 3 Tr /Inner Do Q", inner)
    return made.add(f"{SCAN} /Outer Do")


def striped(made: PdfPage) -> PdfPage:
    strips = (f"q 400 0 0 15 0 {15 * at} cm /Scan Do Q" for at in range(20))
    return made.add(OLD_TEXT).add(" ".join(strips))


WRITERS: dict[str, Callable[[PdfPage], PdfPage]] = {
    "none": lambda made: made.add(SCAN),
    "page content": lambda made: made.add(f"{SCAN} BT 3 Tr ET {OLD_TEXT}"),
    "several streams": in_several_streams,
    "opacity 0": transparent,
    "form with its own font": in_a_form,
    "form with the page's font": lambda made: in_a_form(made, own_font=False),
    "nested forms": in_nested_forms,
    "behind the picture": lambda made: made.add(f"{OLD_TEXT} {SCAN}"),
    "behind strips": striped,
}


def _stream(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def recognized(*lines: str) -> Page:
    """The lines where draw_lines and OLD have them."""
    made = []
    for at, line in enumerate(lines):
        top, x = round((300 - 212 + 40 * at) * DPI / 72), 40 * DPI / 72
        words = []
        for text in line.split():
            width = 7.2 * len(text) * DPI / 72
            words.append(Word(text, Bbox(round(x), top, round(x + width), top + 60), 0.9))
            x += width + 12
        made.append(Line(tuple(words)))
    width, height = (round(side * DPI / 72) for side in SIZE)
    return Page(1, width, height, (Block(tuple(made)),), dpi=DPI)


def document(path: Path, page: Page) -> Document:
    return Document("Upload", (Part("upload.pdf", (page,), path, PDF),))


def readers(path: Path) -> dict[str, Counter[str]]:
    """The words that three programs find; plain pdftotext would hide duplicates."""
    with pdfium.PdfDocument(path) as pdf:
        by_pdfium = pdf[0].get_textpage().get_text_range()
    return {
        "poppler": Counter(run("pdftotext", "-raw", path, "-").split()),
        "pdfium": Counter(by_pdfium.replace("\x02", "").split()),
        "pypdf": Counter(pypdf.PdfReader(path).pages[0].extract_text().split()),
    }


def picture(path: Path) -> np.ndarray:
    with pdfium.PdfDocument(path) as pdf:
        return np.asarray(pdf[0].render(scale=1).to_numpy()).copy()


@pytest.mark.parametrize("writer", WRITERS)
def test_each_word_is_there_once(tmp_path: Path, writer: str) -> None:
    source = tmp_path / "upload.pdf"
    source.write_bytes(WRITERS[writer](scan()).data())
    wanted = Counter(" ".join(TEXT).split())
    exported = export_file("pdf", document(source, recognized(*TEXT)), tmp_path)
    assert readers(exported) == dict.fromkeys(("poppler", "pdfium", "pypdf"), wanted)
    assert (picture(exported) == picture(source)).all()
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", exported)


@pytest.mark.parametrize(
    "writer", sorted(set(WRITERS) - {"several streams", "form with its own font"})
)
def test_visible_text_stays_and_is_not_repeated(tmp_path: Path, writer: str) -> None:
    source = tmp_path / "upload.pdf"
    made = WRITERS[writer](scan())
    source.write_bytes(made.add(f"0 Tr {show(VISIBLE, 40, 40)}").data())
    with open_source(source, PDF, Limits()) as opened:
        layer = opened.text_layer(1)
    seen = [word for piece in layer.elements.pieces for word in piece.words] if layer else []
    page = recognized(*TEXT)
    page = replace(page, blocks=(*page.blocks, Block((Line(tuple(seen)),))))
    exported = export_file("pdf", document(source, page), tmp_path)
    wanted = Counter(" ".join((*TEXT, VISIBLE)).split())
    assert readers(exported) == dict.fromkeys(("poppler", "pdfium", "pypdf"), wanted)
    assert (picture(exported) == picture(source)).all()


@pytest.mark.parametrize("writer", WRITERS)
def test_exporting_again_and_again_changes_nothing(tmp_path: Path, writer: str) -> None:
    source = tmp_path / "upload.pdf"
    source.write_bytes(WRITERS[writer](scan()).data())
    sizes = []
    for _ in range(4):
        exported = export_file("pdf", document(source, recognized(*TEXT)), tmp_path)
        sizes.append(exported.stat().st_size)
        exported.rename(source)
    assert readers(source)["pdfium"] == Counter(" ".join(TEXT).split())
    assert max(sizes[1:]) <= sizes[0] + 8


def test_only_what_a_mixed_page_lacks_is_added(tmp_path: Path) -> None:
    source = tmp_path / "upload.pdf"
    source.write_bytes(scan().add(SCAN).text(VISIBLE, 40, 40).data())
    page = recognized(*TEXT, VISIBLE)
    lines = [
        Line(tuple(replace(word, source="image" if at < 2 else "") for word in line.words))
        for at, line in enumerate(page.lines)
    ]
    mixed = replace(page, blocks=(Block(tuple(lines)),), source="pdf_text")
    exported = export_file("pdf", document(source, mixed), tmp_path)
    wanted = Counter(" ".join((*TEXT, VISIBLE)).split())
    assert readers(exported) == dict.fromkeys(("poppler", "pdfium", "pypdf"), wanted)


def test_text_that_a_viewer_can_switch_on_stays(tmp_path: Path) -> None:
    source = tmp_path / "upload.pdf"
    made = scan().switched_off("Prices").add(SCAN)
    source.write_bytes(made.add(f"/OC /Prices BDC {show('Dealer 17.00', 40, 40)} EMC").data())
    exported = export_file("pdf", document(source, recognized(*TEXT)), tmp_path)
    with pikepdf.open(exported) as pdf:
        assert b"Dealer 17.00" in b"".join(part.read_bytes() for part in pdf.pages[0].Contents)


def test_small_print_that_can_hardly_be_seen_stays(tmp_path: Path) -> None:
    source = tmp_path / "upload.pdf"
    made = scan().add(SCAN).add(f"q .96 .96 .96 rg {show('fine print', 40, 40, 2)} Q")
    source.write_bytes(made.data())
    exported = export_file("pdf", document(source, recognized(*TEXT)), tmp_path)
    assert readers(exported)["pypdf"]["fine"] == 1


def test_text_after_removed_text_stays_where_it_was(tmp_path: Path) -> None:
    """One operator begins where the one before ends."""
    source = tmp_path / "upload.pdf"
    made = PdfPage().add("BT /F1 14 Tf 40 40 Td 3 Tr (hidden ) Tj 0 Tr (Received) Tj 3 Tr")
    source.write_bytes(made.add("0 -20 Td (gone) Tj (gone) ' ET").data())
    exported = export_file("pdf", document(source, recognized(*TEXT)), tmp_path)
    assert (picture(exported) == picture(source)).all()
    assert not {"gone"} & set(readers(exported)["poppler"])


def test_pages_that_share_a_form_keep_what_is_seen_on_one(tmp_path: Path) -> None:
    """The letterhead is the same, but drawn invisibly on the first page only."""
    source = tmp_path / "upload.pdf"
    first = PdfPage().form("Head", show(VISIBLE, 40, 40))
    with pikepdf.open(_stream(first.add("q 3 Tr /Head Do Q").data())) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.pages[1].Contents = pdf.make_stream(b"/Head Do")
        source.write_bytes(_saved(pdf))
    pages = (recognized(*TEXT), replace(recognized(*TEXT), number=2))
    whole = Document("Upload", (Part("upload.pdf", pages, source, PDF),))
    exported = export_file("pdf", whole, tmp_path)
    texts = [page.extract_text() for page in pypdf.PdfReader(exported).pages]
    assert VISIBLE not in texts[0]
    assert VISIBLE in texts[1]


def test_text_that_cuts_letters_out_of_a_picture_stays(tmp_path: Path) -> None:
    """Rendering mode 7, which drawing programs use for letters filled with colours."""
    source = tmp_path / "upload.pdf"
    cut = f"q 7 Tr {show('CUT OUT', 40, 40, 30)} 0 0 400 300 re 0 .5 0 rg f Q"
    source.write_bytes(scan().add(cut).add(f"q 7 Tr {show('old layer', 40, 120)} Q").data())
    exported = export_file("pdf", document(source, recognized(*TEXT)), tmp_path)
    assert (picture(exported) == picture(source)).all()
    assert not {"old", "layer"} & set(readers(exported)["pypdf"])


def test_sound_text_beside_text_without_characters_is_not_repeated(tmp_path: Path) -> None:
    source = tmp_path / "upload.pdf"
    made = PdfPage().mapped_font("M", "Helvetica", lambda each: "\ue123").text(TEXT[0], 40, 201)
    made.add(show("Half of the words say nothing here", 40, 100, font="M"))
    source.write_bytes(made.data())
    exported = export_file("pdf", document(source, recognized(*TEXT)), tmp_path)
    for found in readers(exported).values():
        assert {word: found[word] for word in TEXT[0].split()} == dict.fromkeys(TEXT[0].split(), 1)
