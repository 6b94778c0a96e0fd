"""Options of unstructured, from form fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.compat.shared.fields import first, flag, values
from app.compat.shared.languages import installed_languages
from app.compat.shared.view import NUMBER
from app.ocr.errors import OcrError
from app.ocr.options import Options

from .chunk_groups import ChunkOptions
from .elements import ElementOptions

# All strategies but ocr_only use a PDF page's text layer if it is sound.
PDF_TEXT = {"": "auto", "auto": "auto", "fast": "auto", "hi_res": "auto", "ocr_only": "ignore"}
FORMATS = ("", "application/json", "text/csv")
STRATEGIES = ("", "none", "basic", "by_title")
# unstructured's default chunk size.
CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class AnswerOptions:
    """The wanted form of the answer. chunks: None for plain elements."""

    elements: ElementOptions
    chunks: ChunkOptions | None
    as_csv: bool


def recognition_options(fields: Mapping[str, Any]) -> Options:
    """Raises OcrError(bad_request)."""
    strategy = first(fields, "strategy").lower()
    if strategy not in PDF_TEXT:
        raise OcrError("bad_request", "strategy must be auto, fast, hi_res or ocr_only.")
    names = [*values(fields, "languages"), *values(fields, "ocr_languages")]
    return Options(languages=installed_languages(names), pdf_text=PDF_TEXT[strategy])


def answer_options(fields: Mapping[str, Any]) -> AnswerOptions:
    """Raises OcrError(bad_request)."""
    output_format = first(fields, "output_format")
    if output_format not in FORMATS:
        raise OcrError("bad_request", "output_format must be application/json or text/csv.")
    wanted = ElementOptions(
        coordinates=flag(fields, "coordinates"),
        page_breaks=flag(fields, "include_page_breaks"),
        first_page=number(fields, "starting_page_number", 1),
        images="Image" in image_types(fields),
    )
    return AnswerOptions(wanted, chunk_options(fields), output_format == "text/csv")


def image_types(fields: Mapping[str, Any]) -> list[str]:
    """Types from repeated fields, or from one with a JSON list: `["Image", "Table"]`."""
    names = values(fields, "extract_image_block_types")
    return re.findall(r"\w+", " ".join(names))


def chunk_options(fields: Mapping[str, Any]) -> ChunkOptions | None:
    """Raises OcrError(bad_request)."""
    strategy = first(fields, "chunking_strategy")
    if strategy not in STRATEGIES:
        raise OcrError("bad_request", "chunking_strategy must be basic or by_title.")
    if strategy in ("", "none"):
        return None
    most = number(fields, "max_characters", CHARACTERS)
    overlap = number(fields, "overlap", 0)
    if most < 2 or overlap * 2 >= most:
        raise OcrError("bad_request", "overlap must be below half of max_characters.")
    return ChunkOptions(
        by_title=strategy == "by_title",
        most=most,
        enough=number(fields, "new_after_n_chars", most),
        combine_under=number(fields, "combine_under_n_chars", most),
        overlap=overlap,
        overlap_all=flag(fields, "overlap_all"),
        multipage=flag(fields, "multipage_sections", default=True),
        originals=flag(fields, "include_orig_elements", default=True),
    )


def number(fields: Mapping[str, Any], name: str, default: int) -> int:
    """Raises OcrError(bad_request)."""
    text = first(fields, name) or str(default)
    if not NUMBER.fullmatch(text):
        raise OcrError("bad_request", f"{name} must be a number.")
    return int(text)
