"""Options of docling-serve, in a form or in the JSON member `options`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.compat.shared.fields import first, flag, values
from app.compat.shared.languages import installed_languages
from app.ocr.errors import OcrError
from app.ocr.options import Options

# Formats of `to_formats`, each with its letter in a task's id and its extension in a ZIP.
FORMATS = {"md": "m", "json": "j", "html": "h", "text": "t"}
EXTENSIONS = {"md": "md", "json": "json", "html": "html", "text": "txt"}
# docling's own page_range ends at the largest integer it knows.
LAST_PAGE = 999_999
NO_STORAGE = "target kind presigned_url requires artifact storage to be configured."


@dataclass(frozen=True, slots=True)
class Request:
    """What a conversion is asked for. formats: keys of FORMATS. page_break: between pages."""

    formats: tuple[str, ...]
    options: Options
    page_break: str = ""
    as_zip: bool = False


def parsed(fields: Mapping[str, Any], target: str) -> Request:
    """Raises OcrError(bad_request) for what docling-serve answers with 422."""
    if target == "presigned_url":
        raise OcrError("bad_request", NO_STORAGE)
    if target not in ("", "inbody", "zip"):
        raise OcrError("bad_request", "The target must be “inbody” or “zip”.")
    formats = tuple(dict.fromkeys(values(fields, "to_formats"))) or ("md",)
    if unknown := [name for name in formats if name not in FORMATS]:
        raise OcrError("bad_request", f"“{unknown[0][:40]}” is not one of {', '.join(FORMATS)}.")
    options = Options(
        languages=installed_languages(values(fields, "ocr_lang")),
        pages=page_range(values(fields, "page_range")),
        pdf_text=pdf_text(fields),
    )
    page_break = first(fields, "md_page_break_placeholder")
    return Request(formats, options, page_break, target == "zip")


def pdf_text(fields: Mapping[str, Any]) -> str:
    if not flag(fields, "do_ocr", default=True):
        return "only"
    return "ignore" if flag(fields, "force_ocr") else "auto"


def page_range(numbers: list[str]) -> str:
    """`["2", "4"]` -> "2-4". Raises OcrError(bad_request)."""
    if not numbers:
        return ""
    if len(numbers) != 2 or not all(number.isdecimal() for number in numbers):
        raise OcrError("bad_request", "page_range must be the first and the last page.")
    start, end = map(int, numbers)
    if start == 1 and end > LAST_PAGE:
        return ""
    return f"{min(start, LAST_PAGE)}-{'' if end > LAST_PAGE else end}"
