"""Rules, fills and pictures that PDF pages draw."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from app.ocr.layout.elements import Fill, Rule
from app.ocr.result import Bbox
from app.ocr.source.pdf import paths
from app.ocr.source.pdf.paths import page_graphics

SIDE = 200  # points
PIXELS = 400


def drawn(
    path: Path, program: str, *, form: str = "", rotate: int = 0
) -> tuple[tuple[Rule, ...], tuple[Fill, ...], tuple[Bbox, ...]]:
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(SIDE, SIDE)).obj
    image = document.make_stream(
        b"\0\xff\0\xff", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=2, Height=2,
        ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip
    faint = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, ca=0, CA=0)
    resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(I=image), ExtGState=pikepdf.Dictionary(G=faint)
    )
    if form:
        resources.XObject.F = document.make_stream(
            form.encode(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
            BBox=pikepdf.Array([0, 0, SIDE, SIDE]), Matrix=pikepdf.Array([1, 0, 0, 1, 10, 0]),
        )  # fmt: skip
    page.Resources = resources
    page.Rotate = rotate
    page.Contents = document.make_stream(program.encode())
    document.save(path)
    with pdfium.PdfDocument(path) as opened:
        return page_graphics(opened[0], PIXELS, PIXELS)[:3]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "drawn.pdf"


def test_strokes_and_thin_boxes_are_rules(path: Path) -> None:
    rules, fills, _ = drawn(path, "1 w 20 180 m 120 180 l S 20 100 80 1 re f 50 20 m 50 90 l S")
    boxes = [rule.bbox for rule in rules]
    assert boxes == [(40, 39, 240, 41), (40, 198, 200, 200), (99, 220, 101, 360)]
    assert [rule.is_horizontal for rule in rules] == [True, True, False]
    assert not fills


def test_an_outlined_box_is_four_rules(path: Path) -> None:
    rules, fills, _ = drawn(path, "1 w 20 20 100 60 re S")
    assert len(rules) == 4
    assert not fills


def test_fills_with_their_gray(path: Path) -> None:
    rules, (fill,), _ = drawn(path, "0.5 g 20 20 100 60 re f")
    assert fill.bbox == (40, 240, 240, 360)
    assert fill.gray == pytest.approx(128, abs=1)
    assert not rules


def test_forms_are_followed_with_their_matrices(path: Path) -> None:
    rules, _, _ = drawn(path, "q 0.5 0 0 0.5 0 100 cm /F Do Q", form="2 w 20 100 m 120 100 l S")
    assert [rule.bbox for rule in rules] == [(30, 99, 130, 101)]


def test_clips_cut_rules_and_hide_them(path: Path) -> None:
    clipped = "q 0 0 60 200 re W n 1 w 20 180 m 120 180 l S 100 20 m 100 80 l S Q"
    rules, _, _ = drawn(path, clipped)
    assert [rule.bbox for rule in rules] == [(40, 39, 120, 41)]


def test_a_turned_page(path: Path) -> None:
    (rule,), _, _ = drawn(path, "1 w 20 180 m 120 180 l S", rotate=90)
    assert not rule.is_horizontal
    assert rule.bbox == (359, 40, 361, 240)


def test_what_cannot_be_seen_is_left_out(path: Path) -> None:
    assert drawn(path, "1 G 1 w 20 180 m 120 180 l S /G gs 0 G 20 90 m 120 90 l S") == ((), (), ())
    rules, _, _ = drawn(path, "0.2 g 10 100 180 90 re f 1 G 1 w 20 150 m 120 150 l S")
    assert len(rules) == 1


def test_pictures_and_curves(path: Path) -> None:
    _, _, pictures = drawn(path, "q 60 0 0 60 20 100 cm /I Do Q")
    assert pictures == ((40, 80, 160, 200),)
    curve = "1 w 20 20 m 40 90 60 90 80 20 c 100 -20 120 90 140 60 c 150 50 160 40 170 90 c S"
    _, _, (picture,) = drawn(path, curve)
    assert picture.left == pytest.approx(40, abs=4)
    assert picture.right == pytest.approx(340, abs=4)


def test_endless_drawings_are_cut_short(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "MAX_OBJECTS", 50)
    rules, _, _ = drawn(path, "1 w " + "20 180 m 120 180 l S " * 100)
    assert len(rules) == 50
    monkeypatch.setattr(paths, "MAX_SEGMENTS", 40)
    assert len(drawn(path, "1 w " + "20 180 m 120 180 l S " * 100)[0]) == 20
