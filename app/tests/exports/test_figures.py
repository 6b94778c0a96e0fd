"""Pictures of figures, cut out of uploaded pictures and PDFs."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from app.exports.base import Document, Part
from app.exports.figures import figure_place
from app.exports.figures.exporter import SIDE
from app.ocr.errors import OcrError
from app.ocr.result import Bbox, Page
from app.tests.exports.programs import export

RED, BLUE = (200, 30, 30), (30, 60, 200)
FIRST, SECOND = Bbox(50, 40, 250, 140), Bbox(300, 200, 380, 280)


def picture() -> Image.Image:
    """An upright page of 400 x 300 pixels with two figures."""
    image = Image.new("RGB", (400, 300), "white")
    image.paste(RED, FIRST)
    image.paste(BLUE, SECOND)
    return image


def page(number: int = 1, scale: int = 1, rotation: int = 0) -> Page:
    boxes = tuple(Bbox(*(scale * side for side in box)) for box in (FIRST, SECOND))
    return Page(number, 400 * scale, 300 * scale, rotation=rotation, figures=boxes)


def stored(path: Path, image: Image.Image, **settings: object) -> Path:
    image.save(path, **settings)  # type: ignore[arg-type]
    return path


def pictures(*parts: Part, **options: object) -> dict[str, Image.Image]:
    data = export("figures", Document("Figures", parts), **options)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: Image.open(io.BytesIO(archive.read(name))) for name in archive.namelist()}


def near(colour: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(colour, other, strict=True))


def test_a_picture_that_was_turned_is_cut_upright(tmp_path: Path) -> None:
    path = stored(tmp_path / "a.png", picture().rotate(90, expand=True))
    found = pictures(Part("a.png", (page(rotation=90),), path, "image/png"))
    assert list(found) == ["page-0001-figure-1.jpg", "page-0001-figure-2.jpg"]
    first, second = found.values()
    assert (first.size, second.size, first.format) == ((200, 100), (80, 80), "JPEG")
    assert near(first.getpixel((100, 50)), RED)  # type: ignore[arg-type]
    assert near(second.getpixel((40, 40)), BLUE)  # type: ignore[arg-type]


def test_a_pdf_is_drawn_where_the_figure_is(tmp_path: Path) -> None:
    path = stored(tmp_path / "a.pdf", picture(), resolution=150)
    found = pictures(Part("a.pdf", (page(scale=2),), path, "application/pdf"), lossless=True)
    first = found["page-0001-figure-1.png"]
    assert (first.size, first.format) == ((400, 200), "PNG")
    assert near(first.convert("RGB").getpixel((200, 100)), RED)  # type: ignore[arg-type]


def test_large_figures_are_reduced_and_files_counted_through(tmp_path: Path) -> None:
    small = stored(tmp_path / "a.png", picture())
    large = stored(tmp_path / "b.png", picture().resize((4000, 3000)))
    parts = (
        Part("a.png", (page(),), small, "image/png"),
        Part("b.png", (page(scale=10),), large, "image/png"),
    )
    found = pictures(*parts)
    assert [figure_place(name) for name in found] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert found["page-0002-figure-1.jpg"].size == (SIDE, SIDE // 2)


def test_without_the_file_there_are_no_pictures(tmp_path: Path) -> None:
    with pytest.raises(OcrError, match="no longer kept"):
        pictures(Part("a.png", (page(),), tmp_path / "gone.png", "image/png"))
    assert pictures(Part("a.png", (Page(1, 10, 10),), None, "image/png")) == {}
