"""Glyphs of unusual fonts: where they begin and end, and which of them are spaces."""

from __future__ import annotations

import math
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from app.ocr.source.pdf.glyphs import Glyph, read_glyphs
from app.ocr.source.pdf.lines import pieces_of_glyphs
from app.ocr.source.pdf.objects import taken_out, text_objects
from app.ocr.source.pdf.visibility import Look, are_visible
from app.tests.pdfs import PdfPage, layer_of, layer_text, show

CHINESE = "装箱单 合同号"


def not_embedded(made: PdfPage) -> PdfPage:
    """A font named /C that every Chinese viewer has; PDFium lacks it unless it is installed."""
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name("/STSong-Light"), DW=1000,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("GB1"), Supplement=4
        ),
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/STSong-Light"), Flags=4, ItalicAngle=0,
            FontBBox=Array([-25, -254, 1000, 880]), Ascent=880, Descent=-120, CapHeight=880,
            StemV=93,
        ),
    )  # fmt: skip
    made.resources.Font.C = made.pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/STSong-Light-UniGB-UCS2-H"),
            Encoding=Name("/UniGB-UCS2-H"), DescendantFonts=Array([descendant]),
        )
    )  # fmt: skip
    return made


def chinese(y: float) -> str:
    return f"BT /C 14 Tf 40 {y} Td <{CHINESE.encode('utf-16-be').hex()}> Tj ET"


def test_text_in_fonts_of_the_viewer_is_on_the_page(tmp_path: Path) -> None:
    made = not_embedded(PdfPage().text("Packing list")).add(chinese(150))
    assert layer_text(layer_of(tmp_path, made.data())) == f"Packing list {CHINESE}"


COVERED = {
    "behind a picture": f"{chinese(150)} q 300 0 0 40 30 140 cm /Photo Do Q",
    "under a bar": f"{chinese(150)} 0 0 0 rg 30 140 300 40 re f",
    "white on white": f"1 1 1 rg {chinese(150)}",
    "mode 3": f"3 Tr {chinese(150)}",
    "outside the page": chinese(-60),
    "layer switched off": f"/OC /Off BDC {chinese(150)} EMC",
}


@pytest.mark.parametrize("way", COVERED)
def test_hidden_text_in_fonts_of_the_viewer(tmp_path: Path, way: str) -> None:
    made = not_embedded(PdfPage().text("Packing list")).switched_off("Off")
    made.picture("Photo", Image.new("RGB", (8, 8), "khaki")).add(COVERED[way])
    assert layer_text(layer_of(tmp_path, made.data())) == "Packing list"


@pytest.mark.parametrize("covered", [False, True])
@pytest.mark.parametrize("in_a_form", [False, True])
def test_boxes_in_place_of_characters_without_a_font(covered: bool, in_a_form: bool) -> None:
    """Whatever fonts the machine has: text that is not drawn and has no outlines."""
    made = PdfPage().text("Packing list").form("Head", show("Secret", 40, 100))
    made.add("/Head Do" if in_a_form else show("Secret", 40, 100))
    made.add("0 0 0 rg 30 90 300 40 re f" if covered else "")
    with pdfium.PdfDocument(made.data()) as document:
        page = document[0]
        objects = text_objects(page)
        glyphs = [
            each._replace(ink=(*each.origin, *each.origin))
            for each in read_glyphs(page, objects, 400, 300)
            if each.owner and each.owner.number == 1
        ]
        with taken_out(objects.values()):
            look = Look.at(page, list(objects.values()))
            look = look.with_stand_ins(page, glyphs, 400, 300)
        visible = are_visible(glyphs, look, look.whole.shape[1] / 400)
    assert len(visible) == 6
    assert set(visible) == {not covered}


def test_a_negative_font_size_in_a_turned_frame_is_upright(tmp_path: Path) -> None:
    made = PdfPage().add("BT /F1 -12 Tf -1 0 0 -1 40 200 Tm (Schedule K, line 5) Tj ET")
    layer = layer_of(tmp_path, made.data())
    assert layer is not None
    assert layer.rotation == 0
    assert layer_text(layer) == "Schedule K, line 5"
    assert layer.elements.pieces[0].font_size == pytest.approx(12 * 300 / 72, abs=0.5)


@pytest.mark.parametrize("gap", [-250, -180])
def test_italic_letters_that_hang_over_are_no_end_of_a_word(tmp_path: Path, gap: int) -> None:
    """Spaces as gaps only, as TeX writes them."""
    made = PdfPage()
    made.resources.Font.I = made.font("Times-Italic")
    shown = f"{gap} ".join(f"({word})" for word in ("Proof", "of", "the", "half", "of", "it"))
    made.add(f"BT /I 11 Tf 40 200 Td [{shown}] TJ ET")
    assert layer_text(layer_of(tmp_path, made.data())) == "Proof of the half of it"


def test_a_font_of_drawings_whose_boxes_are_its_ink() -> None:
    """Digits narrower than their advance width, as browsers print some web fonts."""

    def digit(text: str, at: float, bearing: float) -> Glyph:
        box = (at + bearing, 90.0, at + 6 - bearing, 100.0)
        return Glyph(text, box, box, (at, 100.0), 10.0, 0, False, False, None)

    bearings = [1.2, 0.3, 0.3, 1.2, 0.3]
    glyphs = [digit(text, 6.0 * at, bearings[at]) for at, text in enumerate("14918")]
    ((piece, _),) = pieces_of_glyphs([*glyphs, digit("7", 34, 0.3)])
    assert [word.text for word in piece.words] == ["14918", "7"]


def test_a_space_without_a_character_is_a_space(tmp_path: Path) -> None:
    """Letters hang over it, so that there is ink in its place."""
    means = {" ": "\ue020"}
    made = PdfPage().mapped_font("M", "Times-Italic", lambda each: means.get(each, each))
    made.add("-.12 Tc").add(show("Proof of World No. 2 in golf jokes", 40, 200, font="M"))
    layer = layer_of(tmp_path, made.data())
    assert layer is not None
    assert layer_text(layer) == "Proof of World No. 2 in golf jokes"
    assert not layer.unread


def test_a_space_that_is_taken_back_is_none(tmp_path: Path) -> None:
    """Some typesetting programs write such spaces after ligatures."""
    made = PdfPage().add("BT /F1 12 Tf 40 200 Td [(in the infl )278(uenza) -600 (year)] TJ ET")
    assert layer_text(layer_of(tmp_path, made.data())) == "in the influenza year"


def test_a_ligature_is_wider_than_its_letters(tmp_path: Path) -> None:
    made = PdfPage().mapped_font("M", "Times-Italic", lambda each: "ff" if each == "M" else each)
    made.add("BT /M 12 Tf 40 200 Td (an oMset aMects) Tj ET")
    assert layer_text(layer_of(tmp_path, made.data())) == "an offset affects"


@pytest.mark.parametrize("angle", [8, 30, 45, 300])
def test_words_of_leaning_text(tmp_path: Path, angle: int) -> None:
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    frame = f"{cosine:.4f} {sine:.4f} {-sine:.4f} {cosine:.4f} 150 150"
    made = PdfPage().add(f"BT /F1 10 Tf {frame} Tm (Some managers help) Tj ET")
    assert layer_text(layer_of(tmp_path, made.data())) == "Some managers help"


def test_equal_lines_that_run_up_all_count(tmp_path: Path) -> None:
    made = PdfPage()
    for at in range(5):
        made.text("Cells of a table may hold turned text", 120, 220 - 20 * at)
    for at in range(3):
        made.add(f"BT /F1 9 Tf 0 1 -1 0 {60 + 11 * at} 20 Tm (turned text here) Tj ET")
    assert layer_text(layer_of(tmp_path, made.data())).count("turned text here") == 3


def test_a_character_that_claims_the_whole_page_does_not_fill_it(tmp_path: Path) -> None:
    """A font of drawings without characters whose box is wrong by a factor of a hundred."""
    made = PdfPage()
    for at in range(18):
        made.add(show("THE RADIUS OF THE TUBE AND ITS MASS", 10, 20 + 15 * at, 17, "F2"))
    drawn = made.pdf.make_stream(b"600 0 -90000 -90000 90000 90000 d1 0 0 500 500 re f")
    made.resources.Font.T = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([-90000, -90000, 90000, 90000]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), FirstChar=1, LastChar=1,
        Widths=Array([600]), CharProcs=Dictionary(a=drawn), Resources=Dictionary(),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([1, Name.a])),
    )  # fmt: skip
    layer = layer_of(tmp_path, made.add("BT /T 10 Tf 40 150 Td <01> Tj ET").data())
    assert layer is not None
    assert all(area.width < 500 and area.height < 500 for area in layer.unread)


def test_widths_that_the_letters_do_not_follow_are_not_believed() -> None:
    """A font is used for letters that it lacks."""

    def letter(text: str, at: float, advance: float) -> Glyph:
        box = (at, 90.0, at + 6, 100.0)
        return Glyph(text, box, box, (at, 100.0), 10.0, 0, False, False, None, advance)

    glyphs = [letter(text, 6.0 * at, 2.5) for at, text in enumerate("World")]
    ((piece, _),) = pieces_of_glyphs(glyphs)
    assert [word.text for word in piece.words] == ["World"]


def test_no_glyphs_make_no_pieces() -> None:
    assert pieces_of_glyphs([]) == []
