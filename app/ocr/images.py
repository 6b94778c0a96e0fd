"""File types detected from the first bytes, without decoding anything."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from .errors import OcrError

# The most bytes of a file's start that sniff() looks at.
HEAD_BYTES = 4096
PDF, TIFF = "application/pdf", "image/tiff"
# Files of these types may have several pages; frames of others are animation or thumbnails.
PAGED = frozenset({PDF, TIFF})


@dataclass(frozen=True, slots=True)
class MediaType:
    title: str
    extensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to recognize. media_type: a key of ACCEPTED. password: of a protected PDF.

    Defined here and not in app.ocr.source, so that processes that only pass it on load no numpy.
    """

    path: Path
    media_type: str
    password: str = ""

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "path": str(self.path)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(Path(data["path"]), data["media_type"], data["password"])


ACCEPTED: dict[str, MediaType] = {
    "image/jpeg": MediaType("JPEG", (".jpg", ".jpeg", ".jpe", ".jfif")),
    "image/png": MediaType("PNG", (".png",)),
    "image/gif": MediaType("GIF", (".gif",)),
    "image/bmp": MediaType("BMP", (".bmp", ".dib")),
    "image/webp": MediaType("WebP", (".webp",)),
    "image/avif": MediaType("AVIF", (".avif",)),
    "image/heic": MediaType("HEIC", (".heic", ".heif", ".hif")),
    "image/jp2": MediaType("JPEG 2000", (".jp2", ".j2k", ".jpx", ".jpf")),
    TIFF: MediaType("TIFF", (".tif", ".tiff")),
    "image/x-portable-anymap": MediaType("PNM", (".pbm", ".pgm", ".ppm", ".pnm")),
    PDF: MediaType("PDF", (".pdf",)),
}

MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"\xff\x4f\xff\x51", "image/jp2"),
    *((b"P%d" % kind, "image/x-portable-anymap") for kind in range(1, 7)),
)
AVIF_BRANDS = {b"avif", b"avis"}
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def sniff(head: bytes) -> str | None:
    """The media type according to a file's first HEAD_BYTES, or None if it is not accepted."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return _sniff_iso_media(head)
    for magic, media_type in MAGIC:
        if head.startswith(magic):
            return media_type
    # Readers accept a PDF header anywhere in the first kilobyte.
    return PDF if b"%PDF-" in head[:1024] else None


def require_media_type(head: bytes) -> str:
    """Like sniff(), but raises OcrError(empty_file, unsupported_type) instead of returning None."""
    if not head:
        raise OcrError("empty_file", "The file is empty; choose another one.")
    media_type = sniff(head)
    if media_type is None:
        titles = ", ".join(accepted.title for accepted in ACCEPTED.values())
        raise OcrError("unsupported_type", f"This file type is not read. Send one of: {titles}.")
    return media_type


def _sniff_iso_media(head: bytes) -> str | None:
    """HEIF and AVIF share a container; the brand list of its first box tells them apart."""
    box = head[: int.from_bytes(head[:4], "big")]
    brands = {box[8:12]} | {box[at : at + 4] for at in range(16, len(box) - 3, 4)}
    if brands & AVIF_BRANDS:
        return "image/avif"
    return "image/heic" if brands & HEIF_BRANDS else None
