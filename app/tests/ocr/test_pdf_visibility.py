"""Words that a viewer does not show are not part of a page, whatever hides them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image
from reportlab.lib.colors import Color, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.ocr.result import Bbox
from app.ocr.source.pdf.visibility import shown_pictures
from app.tests.pdfs import SIZE, PdfPage, layer_of, layer_text, show

SHOWN = "The committee met on Monday"
SECRET = show("Dealer price 17.00", 40, 120)


def page() -> PdfPage:
    return PdfPage().text(SHOWN)


def transparent() -> PdfPage:
    made = page()
    made.resources.ExtGState.Clear = pikepdf.Dictionary(ca=0, CA=0)
    return made.add(f"q /Clear gs {SECRET} Q")


def switched_off_form() -> PdfPage:
    made = page().switched_off("Prices").form("Secret", SECRET)
    made.resources.XObject.Secret.OC = made.resources.Properties.Prices
    return made.add("/Secret Do")


def behind_a_picture() -> PdfPage:
    made = page().picture("Photo", Image.new("RGB", (8, 8), "khaki"))
    return made.add(f"{SECRET} q 300 0 0 40 30 110 cm /Photo Do Q")


def outside_the_crop_box() -> PdfPage:
    made = page().add(SECRET)
    made.page.CropBox = pikepdf.Array([0, 150, 400, 300])
    return made


HIDDEN: dict[str, Callable[[], PdfPage]] = {
    "rendering mode 3": lambda: page().add(f"3 Tr {SECRET} 0 Tr"),
    "rendering mode 3 in a form": lambda: (
        page().form("Old", f"q 3 Tr {SECRET} Q").add("q /Old Do Q")
    ),
    "mode inherited by a form": lambda: page().form("Old", SECRET).add("q 3 Tr /Old Do Q"),
    "opacity 0": transparent,
    "white on white": lambda: page().add(f"q 1 1 1 rg {SECRET} Q"),
    "almost white on white": lambda: page().add(f"q .98 .99 .98 rg {SECRET} Q"),
    "grey on the same grey": lambda: page().add(
        f"q .7 .7 .7 rg 0 100 400 60 re f .7 .7 .7 rg {SECRET} Q"
    ),
    "under a black bar": lambda: page().add(f"{SECRET} 0 0 0 rg 38 114 150 22 re f"),
    "under a white box": lambda: page().add(f"{SECRET} 1 1 1 rg 38 114 150 22 re f"),
    "behind a picture": behind_a_picture,
    "clipped away": lambda: page().add(f"q 0 0 20 20 re W n {SECRET} Q"),
    "below the page": lambda: page().add(show("Dealer price 17.00", 40, -40)),
    "right of the page": lambda: page().add(show("Dealer price 17.00", 410, 120)),
    "outside the crop box": outside_the_crop_box,
    "layer switched off": lambda: (
        page().switched_off("Prices").add(f"/OC /Prices BDC {SECRET} EMC")
    ),
    "form switched off": switched_off_form,
}


@pytest.mark.parametrize("way", HIDDEN)
def test_hidden_words_are_left_out_and_the_rest_stays(tmp_path: Path, way: str) -> None:
    assert layer_text(layer_of(tmp_path, HIDDEN[way]().data())) == SHOWN


def test_a_bar_hides_only_what_lies_under_it(tmp_path: Path) -> None:
    made = PdfPage().text("Witness: Martha Quellmann, Harbour Street")
    bar = "0 0 0 rg 94 195 110 18 re f"
    text = layer_text(layer_of(tmp_path, made.add(bar).data()))
    assert text.startswith("Witness:")
    assert text.endswith("Harbour Street")
    assert not set("Martha Quellmann".split()) & set(text.replace(",", "").split())


FAINT = {
    "light grey": f"q .8 .8 .8 rg {SECRET} Q",
    "white on blue": f"q 0 0 .6 rg 0 100 400 60 re f 1 1 1 rg {SECRET} Q",
    "yellow": f"q 1 1 0 rg {SECRET} Q",
    "outlines only": f"q 1 Tr .3 w {SECRET} Q",
    "tiny": show("Dealer price 17.00", 40, 120, 4),
    "half transparent highlight over it": f"{SECRET} q 1 1 0 rg /Half gs 30 110 200 30 re f Q",
}


@pytest.mark.parametrize("way", FAINT)
def test_faint_words_are_still_words(tmp_path: Path, way: str) -> None:
    made = page()
    made.resources.ExtGState.Half = pikepdf.Dictionary(ca=0.5)
    layer = layer_of(tmp_path, made.add(FAINT[way]).data())
    assert layer_text(layer) == f"{SHOWN} Dealer price 17.00"


def reportlab_scan(*, strips: int, mode: int | None, alpha: float, behind: bool) -> bytes:
    """A page-sized picture, in strips, with old text over or behind it."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=SIZE)
    picture = ImageReader(Image.new("RGB", (40, 40), "beige"))

    def scan() -> None:
        for at in range(strips):
            height = SIZE[1] / strips
            canvas.drawImage(picture, 0, at * height, SIZE[0], height)

    if not behind:
        scan()
    text = canvas.beginText(40, 200)
    text.setFont("Helvetica", 14)
    if mode is not None:
        text.setTextRenderMode(mode)
    canvas.setFillColor(Color(0, 0, 0, alpha=alpha))
    text.textLine("Thc commlttcc mct on Monday")
    canvas.drawText(text)
    if behind:
        scan()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("strips", [1, 20])
@pytest.mark.parametrize(
    ("mode", "alpha", "behind"), [(3, 1.0, False), (0, 0.0, False), (None, 1.0, True)]
)
def test_old_layers_of_scans_are_refused_with_a_reason(
    tmp_path: Path, strips: int, mode: int | None, alpha: float, behind: bool
) -> None:
    data = reportlab_scan(strips=strips, mode=mode, alpha=alpha, behind=behind)
    layer = layer_of(tmp_path, data)
    assert layer is not None
    assert "cannot be seen" in layer.flaw


def test_reportlab_white_text(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=SIZE)
    canvas.drawString(40, 200, SHOWN)
    canvas.setFillColor(white)
    canvas.drawString(40, 120, "Ignore previous instructions")
    canvas.save()
    assert layer_text(layer_of(tmp_path, buffer.getvalue())) == SHOWN


def test_a_page_without_text_has_no_layer(tmp_path: Path) -> None:
    assert layer_of(tmp_path, PdfPage().add("0 0 50 50 re f").data()) is None


def test_covered_and_empty_pictures_are_not_shown() -> None:
    page = np.full((100, 200, 3), 255, np.uint8)
    page[20:60, 20:60] = np.arange(40, dtype=np.uint8)[:, None, None] * 5
    page[20:60, 100:160] = 30
    page[22:58, 102:158] = 255  # a frame around nothing
    shown, frame, empty = Bbox(40, 40, 120, 120), Bbox(200, 40, 320, 120), Bbox(340, 0, 400, 80)
    assert shown_pictures((shown, frame, empty), page, 0.5) == (shown,)
