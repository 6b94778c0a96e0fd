"""Formats that open the uploaded file: in a process with limits, and without its metadata."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import ExifTags, Image

from app.exports.base import Document, ExportOptions, Part
from app.exports.isolation import Limits, write_isolated
from app.exports.pdf.metadata import without_metadata
from app.ocr.errors import OcrError
from app.tests.factories import make_page

ROOMY = Limits(seconds=60, memory_mb=4096)


def document(tmp_path, content: bytes, media_type: str) -> Document:
    source = tmp_path / "upload"
    source.write_bytes(content)
    part = Part("scan.jpg", (make_page("Hello world"),), source=source, media_type=media_type)
    return Document("scan.jpg", (part,))


def write(document: Document, limits: Limits = ROOMY) -> bytes:
    stream = io.BytesIO()
    write_isolated("pdf", document, stream, ExportOptions(), limits)
    return stream.getvalue()


def photo(kind: str = "JPEG") -> bytes:
    image = Image.effect_noise((1000, 1400), 50)
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Secret Camera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    stream = io.BytesIO()
    options = {"exif": exif, "comment": "Secret note"} if kind == "JPEG" else {}
    image.save(stream, kind, **options)
    return stream.getvalue()


def test_same_file_as_in_process(tmp_path):
    pdf = pikepdf.open(io.BytesIO(write(document(tmp_path, photo(), "image/jpeg"))))
    assert len(pdf.pages) == 1
    assert pdf.docinfo["/Title"] == "scan.jpg"


def test_picture_in_it_tells_no_place_and_keeps_its_pixels(tmp_path):
    content = photo()
    assert b"Secret" in content
    written = write(document(tmp_path, content, "image/jpeg"))
    with pikepdf.open(io.BytesIO(written)) as pdf:
        [image] = pdf.pages[0].get_images().values()
        embedded = image.read_raw_bytes()
    assert b"Secret" not in embedded
    assert embedded[embedded.index(b"\xff\xdb") :] == content[content.index(b"\xff\xdb") :]


def test_what_phones_put_behind_a_picture_and_beside_it_is_dropped():
    """Films with their location, further pictures, signed histories."""
    plain = photo()
    signed = b"\xff\xeb" + (2 + 11).to_bytes(2, "big") + b"Secret JUMB"
    content = plain[:2] + signed + plain[2:] + b"\x00\x00ftypmp42 Secret film" + plain
    stripped = without_metadata(content, "image/jpeg")
    assert b"Secret" not in stripped
    assert stripped.endswith(plain[plain.index(b"\xff\xdb") :])


@pytest.mark.parametrize("options", [{"progressive": True}, {"restart_marker_rows": 1}])
def test_jpegs_of_many_scans_stay_whole(options):
    image = Image.effect_noise((300, 200), 50).convert("RGB")
    stream = io.BytesIO()
    image.save(stream, "JPEG", icc_profile=b"a profile", **options)
    assert without_metadata(stream.getvalue(), "image/jpeg") == stream.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\x00", b"\xff\xd8\xff\xe1\x00\x00x"]
)
def test_metadata_of_broken_jpegs_is_left_to_the_decoder(content):
    assert without_metadata(content, "image/jpeg").startswith(content[:2])


def test_notes_in_jpeg_2000_are_dropped():
    note = (8 + 11).to_bytes(4, "big") + b"uuid" + b"Secret note"
    plain = photo("JPEG2000")
    end_of_header = plain.index(b"jp2c") - 4
    noted = plain[:end_of_header] + note + plain[end_of_header:]
    assert without_metadata(noted, "image/jp2") == plain


def test_damaged_upload_is_an_error_of_its_own(tmp_path):
    with pytest.raises(OcrError) as caught:
        write(document(tmp_path, b"%PDF-1.7 nothing", "application/pdf"))
    assert caught.value.code == "unreadable_image"


def test_process_that_takes_too_long_is_killed(tmp_path):
    with pytest.raises(OcrError) as caught:
        write(document(tmp_path, photo(), "image/jpeg"), Limits(seconds=0.05, memory_mb=0))
    assert caught.value.code == "export_timeout"


def test_too_little_memory_ends_the_process_not_the_site(tmp_path):
    with pytest.raises(OcrError) as caught:
        write(document(tmp_path, photo(), "image/jpeg"), Limits(seconds=60, memory_mb=120))
    assert caught.value.code in ("out_of_memory", "export_failed")
