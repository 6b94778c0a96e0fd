from __future__ import annotations

import io

import pytest
from PIL import Image

from app.ocr.errors import OcrError
from app.ocr.images import ACCEPTED, PDF, require_media_type, sniff

PILLOW_NAMES = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/bmp": "BMP",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
    "image/heic": "HEIF",
    "image/jp2": "JPEG2000",
    "image/tiff": "TIFF",
    "image/x-portable-anymap": "PPM",
}


@pytest.mark.parametrize("media_type", PILLOW_NAMES)
def test_every_accepted_picture_is_recognized_by_its_bytes(media_type: str) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(buffer, PILLOW_NAMES[media_type])
    assert sniff(buffer.getvalue()[:4096]) == media_type


def test_every_accepted_type_is_tested_above() -> None:
    assert {*PILLOW_NAMES, PDF} == set(ACCEPTED)


def test_pdf_header_may_follow_other_bytes() -> None:
    assert sniff(b"\n" * 500 + b"%PDF-1.7\n") == PDF
    assert sniff(b"\n" * 1500 + b"%PDF-1.7\n") is None


def test_movie_in_the_same_container_as_heic_is_refused() -> None:
    assert sniff(b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42" + bytes(64)) is None


@pytest.mark.parametrize(
    ("head", "code"), [(b"", "empty_file"), (b"push graphic-context", "unsupported_type")]
)
def test_refusals_name_what_is_wrong(head: bytes, code: str) -> None:
    with pytest.raises(OcrError) as refusal:
        require_media_type(head)
    assert refusal.value.code == code
