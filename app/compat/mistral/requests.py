"""Requests of Mistral OCR: the document, its pages, and the form of the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from rest_framework.request import Request

from app.compat.shared.sources import data_or_url
from app.http.caller import caller_of
from app.ocr.errors import OcrError
from app.services.submission import stored

CONTENT_PATH = re.compile(r"/v1/files/content/(?P<token>[\w:-]+)$")
TABLE_FORMATS = ("markdown", "html")
SCORES = ("page", "word")


@dataclass(frozen=True, slots=True)
class AnswerOptions:
    """The wanted form of the answer.

    table_format: "" leaves tables in the text. scores: "", "page" or "word". images: include
    pictures of figures. most_images: per document. least_side: shorter side of an image, in pixels.
    """

    table_format: str = ""
    extract_header: bool = False
    extract_footer: bool = False
    blocks: bool = False
    scores: str = ""
    images: bool = False
    most_images: int | None = None
    least_side: int = 0


def answer_options(body: Mapping[str, Any]) -> AnswerOptions:
    """Raises OcrError(bad_option), also for options that would need a language model."""
    for name in ("document_annotation_format", "bbox_annotation_format"):
        if body.get(name):
            raise OcrError("bad_option", f"{name} is not served here: this site recognizes text.")
    return AnswerOptions(
        table_format=choice(body, "table_format", TABLE_FORMATS),
        extract_header=body.get("extract_header") is True,
        extract_footer=body.get("extract_footer") is True,
        blocks=body.get("include_blocks") is True,
        scores=choice(body, "confidence_scores_granularity", SCORES),
        images=body.get("include_image_base64") is True,
        most_images=number(body, "image_limit"),
        least_side=number(body, "image_min_size") or 0,
    )


def number(body: Mapping[str, Any], name: str) -> int | None:
    """Raises OcrError(bad_option)."""
    value = body.get(name)
    if value is None or (type(value) is int and value >= 0):
        return value
    raise OcrError("bad_option", f"{name} must be a number from 0.")


def choice(body: Mapping[str, Any], name: str, known: tuple[str, ...]) -> str:
    value = body.get(name)
    if value is None or value in known:
        return value or ""
    raise OcrError("bad_option", f"{name} must be one of {', '.join(known)}.")


def pages_of(body: Mapping[str, Any]) -> str:
    """`[0, 2]` and `"0-1,4"`, counted from 0 -> "1,3" and "1-2,5". Raises OcrError(bad_pages)."""
    pages = body.get("pages")
    if pages is None or pages == []:
        return ""
    text = ",".join(map(str, pages)) if isinstance(pages, list) else str(pages)
    if not re.fullmatch(r"\d{1,6}(-\d{1,6})?(,\d{1,6}(-\d{1,6})?)*", text.replace(" ", "")):
        raise OcrError("bad_pages", "pages must be numbers or ranges, counted from 0.")
    return re.sub(r"\d+", lambda number: str(int(number[0]) + 1), text)


def document_of(request: Request, body: Mapping[str, Any]) -> ContentFile[bytes]:
    """The file that `document` names: by URL, as base64, or by the id of a stored file.

    Raises OcrError.
    """
    document = body.get("document")
    if not isinstance(document, Mapping):
        raise OcrError("bad_option", "document is required.")
    if file_id := document.get("file_id"):
        upload = stored.find(file_id=str(file_id), caller=caller_of(request))
        return stored.content(upload=upload)
    url = document.get("document_url") or document.get("image_url")
    if isinstance(url, Mapping):
        url = url.get("url")
    if not isinstance(url, str) or not url:
        raise OcrError("bad_option", "document needs document_url, image_url or file_id.")
    return file_at(request, url)


def file_at(request: Request, url: str) -> ContentFile[bytes]:
    """The file at the URL. Our own signed URLs are resolved by token, whatever their host."""
    signed = None if url.startswith("data:") else CONTENT_PATH.search(urlsplit(url).path)
    if signed:
        return stored.content(upload=stored.by_token(token=signed["token"]))
    return data_or_url(request, url)
