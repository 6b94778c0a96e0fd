"""Visible text of forms, stamps and notes belongs to the page."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas

from app.tests.pdfs import SIZE, PdfPage, layer_of, layer_text

VALUE = "Clara Wendelin"
PRINTED = "Application form"


class FormPage(PdfPage):
    """A page with an AcroForm, whose fields are added as different programs write them."""

    def __init__(self) -> None:
        super().__init__()
        self.text(PRINTED, 40, 260)
        self.fields: list[pikepdf.Object] = []
        self.annotations: list[pikepdf.Object] = []
        self.extra = Dictionary()

    def widget(self, box: list[int], **keys: object) -> pikepdf.Object:
        widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array(box), F=4, **keys)
        widget.P = self.page.obj
        self.annotations.append(self.pdf.make_indirect(widget))
        return self.annotations[-1]

    def appearance(self, content: str, width: int = 150, height: int = 20) -> pikepdf.Object:
        stream = self.pdf.make_stream(content.encode())
        stream.Type, stream.Subtype = Name.XObject, Name.Form
        stream.BBox, stream.Resources = Array([0, 0, width, height]), self.resources
        return stream

    def data(self) -> bytes:
        self.page.Annots = Array(self.annotations)
        self.pdf.Root.AcroForm = Dictionary(
            Fields=Array(self.fields),
            DA=String("/F1 12 Tf 0 g"),
            DR=Dictionary(Font=self.resources.Font),
        )
        for key, value in self.extra.items():
            self.pdf.Root.AcroForm[key] = value
        return super().data()


def value_on_widget() -> FormPage:
    made = FormPage()
    made.fields.append(made.widget([40, 200, 190, 220], FT=Name.Tx, T=String("n"), V=String(VALUE)))
    made.fields[0].AP = Dictionary(N=made.appearance(f"BT /F1 12 Tf 2 6 Td ({VALUE}) Tj ET"))
    return made


def value_in_parent(*, appearance: bool = True) -> FormPage:
    made = FormPage()
    widget = made.widget([40, 200, 190, 220])
    if appearance:
        widget.AP = Dictionary(N=made.appearance(f"BT /F1 12 Tf 2 6 Td ({VALUE}) Tj ET"))
    parent = Dictionary(FT=Name.Tx, T=String("n"), V=String(VALUE), Kids=Array([widget]))
    made.fields.append(made.pdf.make_indirect(parent))
    widget.Parent = made.fields[0]
    return made


def without_appearance(*, asks: bool) -> FormPage:
    made = value_in_parent(appearance=False)
    if asks:
        made.extra.NeedAppearances = True
    return made


def xfa_hybrid() -> FormPage:
    made = value_in_parent()
    made.extra.XFA = made.pdf.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
    return made


def choice() -> FormPage:
    made = FormPage()
    options = Array([String("Nobody"), String(VALUE)])
    made.fields.append(
        made.widget(
            [40, 200, 190, 220], FT=Name.Ch, Ff=1 << 17, T=String("c"), V=String(VALUE), Opt=options
        )
    )
    return made


WRITERS: dict[str, Callable[[], FormPage]] = {
    "value on the widget": value_on_widget,
    "value in the parent": value_in_parent,
    "no appearance": lambda: without_appearance(asks=False),
    "no appearance, NeedAppearances": lambda: without_appearance(asks=True),
    "XFA hybrid": xfa_hybrid,
    "choice without appearance": choice,
}


@pytest.mark.parametrize("writer", WRITERS)
def test_filled_fields_are_read(tmp_path: Path, writer: str) -> None:
    layer = layer_of(tmp_path, WRITERS[writer]().data())
    assert layer is not None
    assert layer_text(layer) == f"{PRINTED} {VALUE}"
    sources = [word.source for piece in layer.elements.pieces for word in piece.words]
    assert sources == ["", "", "form", "form"]


def test_hidden_fields_are_not(tmp_path: Path) -> None:
    for flag in (2, 32):
        made = value_on_widget()
        made.annotations[0].F = flag
        assert layer_text(layer_of(tmp_path, made.data())) == PRINTED


def check_box(state: str, *, appearance: bool) -> FormPage:
    made = FormPage()
    box = made.widget([40, 200, 56, 216], FT=Name.Btn, T=String("b"), MK=Dictionary(CA=String("4")))
    box.V = box.AS = Name(f"/{state}")
    box.DA = String("/ZaDb 0 Tf 0 g")
    if appearance:
        tick = made.appearance("0 0 16 16 re S BT /ZaDb 14 Tf 2 3 Td (4) Tj ET", 16, 16)
        empty = made.appearance("0 0 16 16 re S", 16, 16)
        box.AP = Dictionary(N=Dictionary(Yes=tick, Off=empty))
    made.fields.append(box)
    return made.text("Paid", 70, 202)  # type: ignore[return-value]


@pytest.mark.parametrize(("state", "mark"), [("Yes", "☒"), ("Off", "☐")])
@pytest.mark.parametrize("appearance", [True, False])
def test_check_boxes_by_their_state(
    tmp_path: Path, state: str, mark: str, appearance: bool
) -> None:
    layer = layer_of(tmp_path, check_box(state, appearance=appearance).data())
    assert layer is not None
    assert sorted(layer_text(layer).split()) == sorted([*PRINTED.split(), "Paid", mark])


def test_reportlab_form(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=SIZE)
    canvas.drawString(40, 260, PRINTED)
    form = canvas.acroForm
    form.textfield(name="n", value=VALUE, x=40, y=200, width=150, height=20)
    for at, checked in enumerate((True, False)):
        form.checkbox(name=f"b{at}", checked=checked, x=40 + 40 * at, y=150, size=16)
        form.radio(name="r", value=str(at), selected=checked, x=40 + 40 * at, y=110, size=16)
    form.choice(name="c", value="Red", options=["Red", "Blue"], x=40, y=60, width=90, height=20)
    canvas.save()
    words = layer_text(layer_of(tmp_path, buffer.getvalue())).split()
    assert sorted(words) == sorted([*PRINTED.split(), *VALUE.split(), "Red", *"☒☐◉○"])


def annotated(subtype: str, *, content: str = "", appearance: bool, flags: int = 4) -> FormPage:
    made = FormPage()
    note = made.widget([40, 150, 190, 170], Contents=String(content))
    note.Subtype, note.F = Name(f"/{subtype}"), flags
    if appearance:
        note.AP = Dictionary(N=made.appearance("BT /F2 14 Tf 2 5 Td (PAID 17 MAY) Tj ET"))
    if subtype == "FreeText":
        note.DA = String("/F1 12 Tf 0 g")
    return made


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        (annotated("Stamp", appearance=True), "PAID 17 MAY"),
        (annotated("FreeText", content="Other words", appearance=True), "PAID 17 MAY"),
        (
            annotated("FreeText", content="Call back\rby noon", appearance=False),
            "Call back by noon",
        ),
        (annotated("FreeText", content="Позвонить", appearance=False), "Позвонить"),
        (annotated("Stamp", appearance=True, flags=2), ""),
        (annotated("Text", content="Do not show", appearance=False), ""),
        (annotated("Highlight", content="Do not show", appearance=False), ""),
    ],
    ids=[
        "stamp",
        "typed",
        "typed, not drawn",
        "Russian, not drawn",
        "hidden",
        "comment",
        "highlight",
    ],
)
def test_annotations_show_what_viewers_show(tmp_path: Path, made: FormPage, shown: str) -> None:
    assert layer_text(layer_of(tmp_path, made.data())) == f"{PRINTED} {shown}".strip()


def test_a_comment_sign_hides_no_text(tmp_path: Path) -> None:
    made = annotated("Text", content="Why?", appearance=False)
    made.annotations[0].Rect = Array([50, 255, 80, 275])
    made.annotations[0].C = Array([1, 1, 0])
    assert layer_text(layer_of(tmp_path, made.data())) == PRINTED


@pytest.mark.parametrize("cropped", [False, True])
def test_annotations_leave_the_size_that_a_page_inherits(tmp_path: Path, cropped: bool) -> None:
    """PDFium's flattening sees the boxes of the page alone, not those of the page tree."""
    sizes = []
    for made in (PdfPage().text(PRINTED, 40, 260), annotated("Link", appearance=False)):
        del made.page.obj.MediaBox
        made.pdf.Root.Pages.MediaBox = Array([0, 0, *SIZE])
        if cropped:
            made.pdf.Root.Pages.CropBox = Array([20, 30, 380, 280])
        layer = layer_of(tmp_path, made.data())
        assert layer is not None
        sizes.append((layer.elements.width, layer.elements.height, layer.elements.pieces[0].bbox))
    assert sizes[0] == sizes[1]
