"""Removal of a picture's metadata, such as where it was taken; pixel data is unchanged.

JPEG: ISO/IEC 10918-1, Annex B. JPEG 2000: ISO/IEC 15444-1, Annex I. For other formats img2pdf
removes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

JPEG_SEGMENT = re.compile(rb"\xff+(?P<marker>[^\x00\xff])(?P<length>..)", re.DOTALL)
# Coded pixel data includes escaped bytes and restart markers, and ends at any other marker.
JPEG_SCAN_END = re.compile(rb"\xff(?![\x00\xff\xd0-\xd7])")
JPEG_SCAN, JPEG_END = b"\xda", b"\xff\xd9"
# Application segments and comments; of these, decoders need only JFIF, colours and Adobe.
JPEG_ADDED = {bytes([marker]) for marker in (*range(0xE0, 0xF0), 0xFE)}
JPEG_NEEDED = {b"\xe0": b"JF", b"\xe2": b"ICC_PROFILE\0", b"\xee": b"Adobe"}
JP2_NOTES = {b"uuid", b"xml ", b"uinf"}
JP2_START = b"\x00\x00\x00\x0cjP  "


def without_metadata(data: bytes, media_type: str) -> bytes:
    """The file without its metadata; unchanged if its structure is unknown."""
    if media_type == "image/jpeg":
        return b"".join(_jpeg_parts(data))
    if media_type == "image/jp2" and data.startswith(JP2_START):
        return b"".join(_jp2_boxes(data))
    return data


def _jpeg_parts(data: bytes) -> Iterator[bytes]:
    """Segments that decoding needs, up to the end of the picture.

    Phones append videos and more pictures, which are dropped. If the data stops being segments,
    the rest is kept.
    """
    yield data[:2]
    at = 2
    while found := JPEG_SEGMENT.match(data, at):
        if data.startswith(JPEG_END, found.start("marker") - 1):
            yield JPEG_END
            return
        end = found.start("length") + int.from_bytes(found["length"], "big")
        if _is_needed(found["marker"], data[found.end() : end]):
            yield data[at:end]
        at = max(end, found.end())
        if found["marker"] == JPEG_SCAN:
            after = JPEG_SCAN_END.search(data, at)
            yield data[at : after.start() if after else None]
            at = after.start() if after else len(data)
    yield data[at:]


def _is_needed(marker: bytes, content: bytes) -> bool:
    if marker not in JPEG_ADDED:
        return True
    return marker in JPEG_NEEDED and content.startswith(JPEG_NEEDED[marker])


def _jp2_boxes(data: bytes) -> Iterator[bytes]:
    at = 0
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        # Size 0 means up to the end of the file; 1, a 64-bit size. Both occur on the code stream.
        end = at + size if size > 1 else len(data)
        if kind not in JP2_NOTES:
            yield data[at:end]
        at = end
