from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from app.ocr.errors import OcrError
from app.ocr.images import PDF, require_media_type
from app.ocr.source import Limits, PageImage, open_source
from app.ocr.source.text_layer import TextLayer
from app.tests.drawing import draw_lines, encoded


def decode(tmp_path: Path, data: bytes, number: int = 1, limits: Limits | None = None) -> PageImage:
    path = tmp_path / "upload"
    path.write_bytes(data)
    with open_source(path, require_media_type(data[:4096]), limits or Limits()) as source:
        return source.page_image(number)


def refusal(tmp_path: Path, data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(OcrError) as error:
        decode(tmp_path, data, limits=limits)
    return error.value.code


def text_pdf(text: str, *, rotate: int = 0) -> bytes:
    """One page of 300 x 100 points with the text at (20, 50) in 20-point Helvetica."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 100))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)
    font.BaseFont = pikepdf.Name.Helvetica
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pdf.make_stream(f"BT /F1 20 Tf 20 50 Td ({text}) Tj ET".encode())
    page.Rotate = rotate
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def layer_text(layer: TextLayer) -> str:
    return " ".join(word.text for piece in layer.elements.pieces for word in piece.words)


@pytest.mark.parametrize(
    ("kind", "settings"), [("JPEG", {}), ("PNG", {}), ("TIFF", {"compression": "tiff_lzw"})]
)
def test_cut_off_files_are_refused_not_half_read(
    tmp_path: Path, kind: str, settings: dict[str, str]
) -> None:
    data = encoded(draw_lines("Half of this is missing"), kind, **settings)
    assert refusal(tmp_path, data[: len(data) * 2 // 3]) == "unreadable_image"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "WEBP", "AVIF", "TIFF", "JPEG2000"])
def test_pixel_limit_is_checked_before_decoding(tmp_path: Path, kind: str) -> None:
    data = encoded(Image.new("RGB", (300, 200)), kind)
    assert decode(tmp_path, data, limits=Limits(max_pixels=60_000)).pixels.shape[:2] == (200, 300)
    assert refusal(tmp_path, data, Limits(max_pixels=59_999)) == "too_many_pixels"


def test_photo_is_turned_as_its_exif_data_says(tmp_path: Path) -> None:
    image = Image.new("RGB", (60, 40), "white")
    image.paste("black", (0, 0, 10, 10))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise by 90 degrees to see it upright
    turned = decode(tmp_path, encoded(image, "JPEG", exif=exif)).pixels
    assert turned.shape[:2] == (60, 40)
    assert turned[5, 35].max() < 60
    assert turned[5, 5].min() > 200


@pytest.mark.parametrize(
    ("dpi", "orientation", "shape"),
    [
        ((204, 98), 1, (83, 60)),
        ((98, 204), 1, (40, 125)),
        ((204, 98), 6, (60, 83)),
        ((300, 300), 1, (40, 60)),
        ((300, 10), 1, (40, 60)),
    ],
)
def test_pixels_of_a_fax_become_square(
    tmp_path: Path, dpi: tuple[int, int], orientation: int, shape: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    page = decode(tmp_path, encoded(Image.new("1", (60, 40), 1), "TIFF", dpi=dpi, exif=exif))
    assert page.pixels.shape[:2] == shape


def test_no_stretched_picture_has_more_pixels_than_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fax = encoded(Image.new("1", (60, 40), 1), "TIFF", dpi=(204, 98))
    monkeypatch.setattr("app.ocr.source.raster.WORKING_PIXELS", 3_000)
    assert decode(tmp_path, fax).pixels.shape[:2] == (40, 60)


@pytest.mark.parametrize(("ink", "paper"), [("black", 255), ("white", 0)])
def test_transparent_pages_get_the_paper_their_ink_shows_on(
    tmp_path: Path, ink: str, paper: int
) -> None:
    image = Image.new("RGBA", (100, 40), (0, 0, 0, 0))
    image.paste(ink, (30, 10, 60, 20))
    pixels = decode(tmp_path, encoded(image, "PNG")).pixels
    assert pixels[0, 0].tolist() == [paper] * 3
    assert pixels[15, 40].tolist() == [255 - paper] * 3


def test_sixteen_bit_scan_keeps_its_contrast(tmp_path: Path) -> None:
    values = np.full((40, 60), 50_000, np.uint16)
    values[10:20, 10:20] = 2_000
    pixels = decode(tmp_path, encoded(Image.fromarray(values), "TIFF")).pixels
    assert pixels.dtype == np.uint8
    assert (int(pixels[15, 15]), int(pixels[30, 30])) == (0, 255)


@pytest.mark.parametrize("top", [1.0, 200.0, 4000.0])
def test_float_picture_keeps_its_contrast_in_any_usual_range(tmp_path: Path, top: float) -> None:
    values = np.full((40, 60), top, np.float32)
    values[10:20, 10:20] = 0.1 * top
    values[0, 0] = np.nan
    pixels = decode(tmp_path, encoded(Image.fromarray(values), "TIFF")).pixels
    assert int(pixels[15, 15]) < 30
    assert int(pixels[30, 30]) >= 200


BIG_MODES = ["1", "L", "P", "PA", "I;16", "I;16B", "I", "F", "LA", "RGBA", "CMYK"]


@pytest.mark.parametrize("mode", BIG_MODES)
def test_every_mode_is_reduced_to_working_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    """A light page with a dark square at the lower right, larger than the working size."""
    monkeypatch.setattr("app.ocr.source.raster.WORKING_PIXELS", 10_000)
    monkeypatch.setattr("app.ocr.source.reduction.BAND_PIXELS", 3_000)
    gray = Image.new("L", (301, 202), 250)
    gray.paste(10, (200, 120, 260, 180))
    image = _in_mode(gray, mode)
    page = decode(tmp_path, encoded(image, "PNG" if mode in ("P", "LA", "RGBA", "1") else "TIFF"))
    assert page.pixels.shape[:2] == (68, 101)
    assert page.reduction == pytest.approx(301 / 101)
    assert page.pixels[50, 76].max() < 40
    assert page.pixels[10, 10].min() > 220
    assert page.pixels[66, 76].min() > 220


def _in_mode(gray: Image.Image, mode: str) -> Image.Image:
    if mode.startswith("I;16"):
        kind = ">u2" if mode.endswith("B") else "<u2"
        return Image.fromarray((np.asarray(gray).astype(np.uint16) * 200).astype(kind))
    if mode == "CMYK":
        return gray.convert("RGB").convert(mode)
    return gray.convert("LA").convert("PA") if mode == "PA" else gray.convert(mode)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "CMYK", "YCbCr"])
def test_every_colour_mode_becomes_gray_or_rgb(tmp_path: Path, mode: str) -> None:
    image = draw_lines("Colour").convert("RGB").convert(mode)
    kind = "TIFF" if mode in ("CMYK", "YCbCr") else "PNG"
    pixels = decode(tmp_path, encoded(image, kind)).pixels
    assert pixels.shape[2:] in ((), (3,))
    assert pixels.max() > 240
    assert pixels.min() < 80


def test_tiff_frames_are_pages_and_animation_frames_are_not(tmp_path: Path) -> None:
    frames = [Image.new("L", (30 + 10 * at, 20), 10 * at) for at in range(3)]
    tiff = encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    assert decode(tmp_path, tiff, number=3).pixels.shape == (20, 50)
    gif = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(OcrError) as error:
        decode(tmp_path, gif, number=2)
    assert error.value.code == "bad_pages"


@pytest.mark.parametrize(
    ("password", "code"), [("", "password_required"), ("guess", "wrong_password")]
)
def test_encrypted_pdf_asks_for_its_password(tmp_path: Path, password: str, code: str) -> None:
    path = tmp_path / "locked.pdf"
    with pikepdf.open(io.BytesIO(text_pdf("Secret"))) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="open sesame"))
    with pytest.raises(OcrError) as error:
        open_source(path, PDF, Limits(), password)
    assert error.value.code == code
    with open_source(path, PDF, Limits(), "open sesame") as source:
        layer = source.text_layer(1)
    assert layer is not None
    assert layer_text(layer) == "Secret"


def test_huge_pdf_page_is_rendered_within_bounds(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(14_000, 14_000))
    buffer = io.BytesIO()
    pdf.save(buffer)
    height, width = decode(tmp_path, buffer.getvalue()).pixels.shape[:2]
    assert height * width <= 36_100_000
