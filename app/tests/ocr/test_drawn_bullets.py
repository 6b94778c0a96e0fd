"""Bullets that PDFs draw as shapes."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.ocr.layout import layout
from app.tests.pdfs import PdfPage, layer_of, layer_text

ITEMS = ("bread and salt", "lamps", "a long rope")


def disc(x: float, y: float, radius: float, paint: str = "f") -> str:
    """Four curves around a middle."""
    k = 0.5523 * radius
    left, right, low, high = x - radius, x + radius, y - radius, y + radius
    return (
        f"{right} {y} m {right} {y + k} {x + k} {high} {x} {high} c "
        f"{x - k} {high} {left} {y + k} {left} {y} c {left} {y - k} {x - k} {low} {x} {low} c "
        f"{x + k} {low} {right} {y - k} {right} {y} c h {paint}"
    )


def page_with(shape: str, *, gap: float = 8) -> PdfPage:
    page = PdfPage().text("For the boat we need", 40, 260, 12)
    for number, item in enumerate(ITEMS):
        y = 220 - 20 * number
        shapes = {
            "disc": disc(60, y + 4, 2),
            "circle": disc(60, y + 4, 2, "s"),
            "square": f"58 {y + 2} 4 4 re f",
            "check box": f"54 {y - 1} 10 10 re s",
            "row of dots": " ".join(disc(40 + 8 * n, y + 4, 1.5) for n in range(3)),
            "high up": disc(60, y + 12, 2),
        }
        page.add(shapes[shape]).text(item, 62 + gap, y, 12)
    return page


@pytest.mark.parametrize("shape", ["disc", "circle", "square"])
def test_shapes_in_front_of_lines_are_bullets(tmp_path: Path, shape: str) -> None:
    layer = layer_of(tmp_path, page_with(shape).data())
    assert layer is not None
    items = [block for block in layout(layer.elements) if block.kind == "list"]
    assert [block.text for block in items] == [f"• {item}" for item in ITEMS]
    assert {block.marker for block in items} == {"•"}


@pytest.mark.parametrize("shape", ["check box", "row of dots", "high up"])
def test_other_shapes_are_no_bullets(tmp_path: Path, shape: str) -> None:
    assert "•" not in layer_text(layer_of(tmp_path, page_with(shape).data()))


def test_shapes_far_from_the_text_are_no_bullets(tmp_path: Path) -> None:
    assert "•" not in layer_text(layer_of(tmp_path, page_with("disc", gap=60).data()))
