"""Options of docling-serve, from a form or from members of a JSON object."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing

from app.compat.shared.fields import first, flag, values
from app.compat.shared.languages import installed_languages
from app.compat.shared.view import NUMBER
from app.ocr.errors import OcrError
from app.ocr.options import Options

# Formats of `to_formats`, each with its extension in a ZIP.
EXTENSIONS = {"md": "md", "json": "json", "html": "html", "text": "txt", "doctags": "dt"}
# docling's default first. No files are written beside an answer, so "referenced" gives
# placeholders.
IMAGE_MODES = ("embedded", "placeholder", "referenced")
# docling's default page_range ends at the largest 64-bit integer, beyond any page number here.
PAGE = re.compile("[0-9]{1,19}")
LAST_PAGE = 999_999
NO_STORAGE = "target kind presigned_url requires artifact storage to be configured."
SALT = "app.compat.docling"
# The limit of docling's default model.
MOST_TOKENS = 256
MOST_ASKED = 100_000


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """The form in which a result is wanted.

    formats: keys of EXTENSIONS. page_break: between pages of Markdown. images: include pictures of
    figures in Markdown and JSON. chunker: "hierarchical", "hybrid", or "" for whole documents. The
    other options are for chunks; max_tokens and merge_peers for "hybrid" only.
    """

    formats: tuple[str, ...] = ("md",)
    page_break: str = ""
    as_zip: bool = False
    chunker: str = ""
    max_tokens: int = MOST_TOKENS
    merge_peers: bool = True
    markdown_tables: bool = False
    raw_text: bool = False
    with_document: bool = False
    images: bool = False

    def signed(self) -> str:
        """The form as part of a task's id, so that it need not be stored."""
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @classmethod
    def from_signed(cls, text: str) -> AnswerForm:
        """Raises signing.BadSignature."""
        fields = signing.loads(text, salt=SALT)
        return cls(**{**fields, "formats": tuple(fields["formats"])})


def answer_form(fields: Mapping[str, Any], target: str) -> AnswerForm:
    """Raises OcrError(bad_request) for values that docling-serve answers with 422."""
    if target == "presigned_url":
        raise OcrError("bad_request", NO_STORAGE)
    if target not in ("", "inbody", "zip"):
        raise OcrError("bad_request", "The target must be “inbody” or “zip”.")
    formats = tuple(dict.fromkeys(values(fields, "to_formats"))) or ("md",)
    if unknown := [name for name in formats if name not in EXTENSIONS]:
        raise OcrError("bad_request", f"“{unknown[0][:40]}” is not one of {', '.join(EXTENSIONS)}.")
    page_break = first(fields, "md_page_break_placeholder")[:100]
    return AnswerForm(formats, page_break, target == "zip", images=with_images(fields))


def with_images(fields: Mapping[str, Any]) -> bool:
    """Raises OcrError(bad_request)."""
    mode = first(fields, "image_export_mode") or IMAGE_MODES[0]
    if mode not in IMAGE_MODES:
        raise OcrError("bad_request", f"image_export_mode must be one of {', '.join(IMAGE_MODES)}.")
    return mode == IMAGE_MODES[0] and flag(fields, "include_images", default=True)


def recognition_options(fields: Mapping[str, Any]) -> Options:
    """Raises OcrError(bad_request)."""
    return Options(
        languages=installed_languages(values(fields, "ocr_lang")),
        pages=page_range(values(fields, "page_range")),
        pdf_text=pdf_text(fields),
    )


def pdf_text(fields: Mapping[str, Any]) -> str:
    if not flag(fields, "do_ocr", default=True):
        return "only"
    return "ignore" if flag(fields, "force_ocr") else "auto"


def page_range(numbers: list[str]) -> str:
    """`["2", "4"]` -> "2-4". Raises OcrError(bad_request)."""
    if not numbers:
        return ""
    if len(numbers) != 2 or not all(map(PAGE.fullmatch, numbers)):
        raise OcrError("bad_request", "page_range must be the first and the last page.")
    start, end = map(int, numbers)
    if start == 1 and end > LAST_PAGE:
        return ""
    return f"{min(start, LAST_PAGE)}-{'' if end > LAST_PAGE else end}"


def token_count(fields: Mapping[str, Any]) -> int:
    """Raises OcrError(bad_request)."""
    text = first(fields, "max_tokens") or str(MOST_TOKENS)
    if not NUMBER.fullmatch(text) or not 1 <= int(text) <= MOST_ASKED:
        raise OcrError("bad_request", f"max_tokens must be a number from 1 to {MOST_ASKED}.")
    return int(text)
