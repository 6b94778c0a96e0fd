"""Uploaded files as PDFs, whose pages contain the original image data if PDF allows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf

from app.exports.base import ExportOptions, Part
from app.ocr.errors import OcrError
from app.ocr.images import PDF

from .image_pages import picture_pdf

# Errors of pikepdf for damaged files, whose objects may be of the wrong kind.
DAMAGED = (pikepdf.PdfError, TypeError, ValueError, LookupError, AttributeError, RuntimeError)


@contextmanager
def damaged_pdf_errors() -> Iterator[None]:
    """Turns errors caused by damaged PDFs into OcrError(unreadable_image)."""
    try:
        yield
    except DAMAGED as error:
        raise OcrError("unreadable_image", "The PDF is damaged and cannot be written.") from error


@contextmanager
def open_part(part: Part, options: ExportOptions) -> Iterator[pikepdf.Pdf]:
    """The part's file as a PDF, page for page.

    The contents of an uploaded PDF may not conform to PDF/A, so with options.pdfa its pages become
    pictures. Raises OcrError(source_missing) and the errors of opening the file.
    """
    path = part.uploaded_file
    if part.media_type == PDF and not options.pdfa:
        opened = _open_pdf(path, part.password)
    else:
        opened = pikepdf.open(io.BytesIO(picture_pdf(part, path, archival=options.pdfa)))
        # Depends on the time; the same result must give the same bytes.
        del opened.trailer["/ID"]
    with opened as pdf:
        yield pdf


def _open_pdf(path: Path, password: str) -> pikepdf.Pdf:
    try:
        return pikepdf.open(path, password=password)
    except pikepdf.PasswordError:
        if password:
            raise OcrError("wrong_password", "The password does not open this PDF.") from None
        message = "This PDF is encrypted; send its password."
        raise OcrError("password_required", message) from None
