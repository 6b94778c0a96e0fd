"""Choice of the reader for a file by its media type; imports only that reader."""

from __future__ import annotations

from pathlib import Path

from app.ocr.images import PDF

from .base import Limits, Source


def open_source(path: Path, media_type: str, limits: Limits, password: str = "") -> Source:
    """Raises OcrError for files that cannot be read, are too large or need a password."""
    if media_type == PDF:
        from .pdf.document import PdfSource

        return PdfSource(path, limits, password)
    from .raster import RasterSource

    return RasterSource(path, media_type, limits)
