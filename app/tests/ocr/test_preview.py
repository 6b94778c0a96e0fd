"""Pictures of pages: small, upright, in strips where the page is much taller than wide."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from app.ocr.images import PDF
from app.ocr.picture_sizes import strip_count
from app.ocr.source import Limits, PageImage, open_source
from app.ocr.source.preview import encode_previews


def previews(width: int, height: int, *, rotation: int = 0) -> list[Image.Image]:
    """Previews of a page of that size before it is turned; its rows get lighter from the top."""
    shades = np.linspace(0, 255, height).astype(np.uint8)
    page = PageImage(np.repeat(shades[:, None], width, axis=1))
    upright = (height, width) if rotation % 180 else (width, height)
    encoded = encode_previews(page, rotation=rotation, strips=strip_count(*upright))
    return [Image.open(io.BytesIO(file)) for file in encoded]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ((200, 400), (200, 400)),
        ((2480, 3508), (1273, 1800)),
        ((2000, 5000), (900, 2250)),
        ((30_000, 1000), (8000, 267)),
    ],
)
def test_page_is_shown_whole_and_never_enlarged(page, shown):
    thumbnail, picture = previews(*page)
    assert picture.size == shown
    assert max(thumbnail.size) == 320
    assert not picture.getexif()


def test_page_is_turned_before_it_is_measured():
    _, picture = previews(200, 400, rotation=90)
    assert picture.size == (400, 200)
    left, right = (np.asarray(picture.convert("L"))[100, x] for x in (5, 395))
    assert left > right


@pytest.mark.parametrize(("width", "height", "strips"), [(900, 9000, 5), (1800, 9000, 3)])
def test_tall_page_has_strips_that_join_to_the_whole(width, height, strips):
    _, *pictures = previews(width, height)
    assert len(pictures) == strips
    assert {picture.width for picture in pictures} == {900}
    assert sum(picture.height for picture in pictures) == height * 900 // width
    rows = [np.asarray(picture.convert("L")) for picture in pictures]
    for upper, lower in itertools.pairwise(rows):
        assert abs(int(upper[-1, 0]) - int(lower[0, 0])) < 8
    assert rows[-1][-1, 0] > 250


def test_endless_page_has_a_bounded_number_of_strips():
    assert strip_count(1, 100_000_000) == 64
    _, *pictures = previews(20, 200_000)
    assert len(pictures) == 64
    assert max(picture.height for picture in pictures) <= 1800


def test_pdf_page_is_drawn_no_larger_than_its_pictures(tmp_path: Path):
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    pdf.save(tmp_path / "a4.pdf")
    with open_source(tmp_path / "a4.pdf", PDF, Limits()) as source:
        image = source.preview_image(1, 1)
        whole = source.page_image(1)
    assert 1790 < image.pixels.shape[0] < 1810
    assert whole.pixels.shape[0] > 3500
