"""Requests of Tika: the file in a body or a form, and headers as options."""

from __future__ import annotations

import re
from urllib.parse import unquote

from django.core.files.base import File
from rest_framework.request import Request

from app.compat.shared.languages import installed_languages
from app.compat.shared.raw_body import raw_file
from app.compat.shared.recognition import recognize
from app.models import Job
from app.ocr.images import HEAD_BYTES, require_media_type
from app.ocr.options import Options
from app.services.stored_files import clean_name

PDF_TEXT = {"no_ocr": "only", "ocr_only": "ignore"}
FILE_NAME = re.compile(r"filename\*?=(?:UTF-8'')?\"?([^\";]+)", re.IGNORECASE)
# Clients require this field of all metadata.
PARSED_BY = "X-TIKA:Parsed-By"
SITE = "onlineocr"
# Enough text to identify its language.
TEXT_BYTES = 64 * 1024


def recognized(request: Request) -> Job:
    file = sent_file(request)
    headers = request.headers
    options = Options(
        languages=installed_languages([headers.get("X-Tika-OCRLanguage", "")]),
        pdf_text=pdf_text(request),
        password=headers.get("Password", ""),
    )
    return recognize(request, file, options, name=file_name(request, file))


def sent_file(request: Request) -> File:
    """A form part of any name, or else the body. Raises OcrError(empty_file)."""
    parts = [file for name, file in request.FILES.items() if name != "image" or file.name]
    return parts[0] if parts else raw_file(request)


def file_name(request: Request, file: File) -> str:
    """Name of the form part, or else from Content-Disposition."""
    found = FILE_NAME.search(request.headers.get("Content-Disposition", ""))
    return clean_name(file.name or (unquote(found[1]) if found else ""))


def head(file: File) -> bytes:
    file.seek(0)
    return file.read(HEAD_BYTES)


def pdf_text(request: Request) -> str:
    headers = request.headers
    if headers.get("X-Tika-OCRskipOcr", "").lower() == "true":
        return "only"
    return PDF_TEXT.get(headers.get("X-Tika-PDFOcrStrategy", "").lower(), "auto")


def sent_text(request: Request) -> str:
    """The beginning of a file that is plain text."""
    file = sent_file(request)
    file.seek(0)
    content: bytes = file.read(TEXT_BYTES)
    return content.decode(errors="ignore")


def file_metadata(request: Request) -> dict[str, str | list[str]]:
    """Metadata known without recognition. Raises OcrError(empty_file, unsupported_type)."""
    file = sent_file(request)
    return {
        "Content-Type": require_media_type(head(file)),
        "Content-Length": str(file.size),
        "resourceName": file_name(request, file),
        PARSED_BY: [SITE],
    }
