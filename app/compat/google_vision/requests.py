"""Requests of Google Vision: features, images, files, options and pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from rest_framework.request import Request

from app.compat.shared.languages import installed_languages
from app.compat.shared.sources import base64_bytes, fetched
from app.ocr.errors import OcrError
from app.ocr.options import Options

# SDKs send enums as numbers; the discovery client and hand-written requests send names.
TEXT_FEATURES = {5, 11, "TEXT_DETECTION", "DOCUMENT_TEXT_DETECTION"}
MAX_IMAGES = 16
MAX_PAGES = 5


def requests_of(body: Any) -> list[Mapping[str, Any]]:
    """The single requests. Raises OcrError(bad_option), which refuses them all."""
    requests = body.get("requests") if isinstance(body, Mapping) else None
    if not isinstance(requests, list) or not all(isinstance(one, Mapping) for one in requests):
        raise OcrError("bad_option", "Invalid JSON payload received. “requests” must be a list.")
    if len(requests) > MAX_IMAGES:
        raise OcrError("bad_option", f"Too many images per request: at most {MAX_IMAGES}.")
    return requests


def check_features(one: Mapping[str, Any]) -> None:
    """Raises OcrError(bad_option) unless text is requested."""
    types = [member(feature, "type") for feature in members(one, "features")]
    if not any(isinstance(kind, int | str) and kind in TEXT_FEATURES for kind in types):
        raise OcrError(
            "bad_option", "Only TEXT_DETECTION and DOCUMENT_TEXT_DETECTION are served here."
        )


def image_content(request: Request, one: Mapping[str, Any]) -> File | bytes:
    """Raises OcrError."""
    image = one.get("image")
    if member(image, "content"):
        return base64_bytes(member(image, "content"))
    source = member(image, "source")
    url = member(source, "imageUri") or member(source, "gcsImageUri")
    if not url:
        raise OcrError("empty_file", "No image present.")
    return fetched(request, url)


def file_content(one: Mapping[str, Any]) -> bytes:
    """Raises OcrError."""
    content = member(one.get("inputConfig"), "content")
    if not content:
        raise OcrError("empty_file", "Only files with inline content are read here.")
    return base64_bytes(content)


def options_of(one: Mapping[str, Any], pages: str = "") -> Options:
    hints = members(one.get("imageContext"), "languageHints")
    languages = installed_languages(str(hint) for hint in hints)
    return Options(languages=languages, pages=pages)


def pages_of(one: Mapping[str, Any]) -> str:
    """`[1, 3, -1]` -> "1,3,r1"; "" if no pages are named. Raises OcrError(bad_pages)."""
    pages = members(one, "pages")
    if len(pages) > MAX_PAGES or not all(type(page) is int and page for page in pages):
        raise OcrError("bad_pages", f"Name at most {MAX_PAGES} pages, from 1, or -1 for the last.")
    return ",".join(str(page) if page > 0 else f"r{-page}" for page in pages)


def members(value: Any, name: str) -> list[Any]:
    """The list under that name; empty for anything else."""
    found = member(value, name)
    return found if isinstance(found, list) else []


def member(value: Any, name: str) -> Any:
    """The member of a JSON object; None for anything else."""
    return value.get(name) if isinstance(value, Mapping) else None
