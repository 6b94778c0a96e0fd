"""Drops what a camera notes beside a picture, such as where it was taken; pixels stay bit for bit.

JPEG: ISO/IEC 10918-1, Annex B. JPEG 2000: ISO/IEC 15444-1, Annex I. img2pdf drops it from others.
"""

from __future__ import annotations

from collections.abc import Iterator

# EXIF and XMP are in APP1, Photoshop's and IPTC's notes in APP13, free text in COM.
JPEG_NOTES = {0xE1, 0xED, 0xFE}
JPEG_SCAN = 0xDA
JP2_NOTES = {b"uuid", b"xml ", b"uinf"}
JP2_START = b"\x00\x00\x00\x0cjP  "


def without_metadata(data: bytes, media_type: str) -> bytes:
    """The file without its notes; as it is where its structure is not understood."""
    if media_type == "image/jpeg":
        return b"".join(_jpeg_parts(data))
    if media_type == "image/jp2" and data.startswith(JP2_START):
        return b"".join(_jp2_boxes(data))
    return data


def _jpeg_parts(data: bytes) -> Iterator[bytes]:
    """The segments before the first scan, without notes; then all the rest."""
    yield data[:2]
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != JPEG_SCAN:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] not in JPEG_NOTES:
            yield data[at:end]
        at = end
    yield data[at:]


def _jp2_boxes(data: bytes) -> Iterator[bytes]:
    at = 0
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        # 0 reaches to the end of the file, and 1 announces a longer number: the code stream.
        end = at + size if size > 1 else len(data)
        if kind not in JP2_NOTES:
            yield data[at:end]
        at = end
