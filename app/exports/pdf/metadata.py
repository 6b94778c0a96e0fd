"""Drops what a camera notes beside a picture, such as where it was taken; pixels stay bit for bit.

JPEG: ISO/IEC 10918-1, Annex B. JPEG 2000: ISO/IEC 15444-1, Annex I. img2pdf drops it from others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

JPEG_SEGMENT = re.compile(rb"\xff+(?P<marker>[^\x00\xff])(?P<length>..)", re.DOTALL)
# Coded pixels go on over escaped bytes and restart markers.
JPEG_SCAN_END = re.compile(rb"\xff(?![\x00\xff\xd0-\xd7])")
JPEG_SCAN, JPEG_END = b"\xda", b"\xff\xd9"
# Of what applications and people have added, the decoder needs these alone: JFIF, colours, Adobe.
JPEG_ADDED = {bytes([marker]) for marker in (*range(0xE0, 0xF0), 0xFE)}
JPEG_NEEDED = {b"\xe0": b"JF", b"\xe2": b"ICC_PROFILE\0", b"\xee": b"Adobe"}
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
    """What decoding needs, to the end of the picture: phones put films and more pictures behind it.

    Where it is no segment, all the rest.
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
        # 0 reaches to the end of the file, and 1 announces a longer number: the code stream.
        end = at + size if size > 1 else len(data)
        if kind not in JP2_NOTES:
            yield data[at:end]
        at = end
