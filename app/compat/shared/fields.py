"""Fields of a form or a JSON object as strings, or as lists of strings for repeated names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.http import QueryDict
from rest_framework.request import Request

from app.ocr.errors import OcrError


def first(fields: Mapping[str, Any], name: str) -> str:
    return next(iter(values(fields, name)), "")


def values(fields: Mapping[str, Any], name: str) -> list[str]:
    """All form fields of that name, or the list or single value in JSON."""
    if isinstance(fields, QueryDict):
        found = fields.getlist(name) or fields.getlist(f"{name}[]")
    else:
        value = fields.get(name)
        found = value if isinstance(value, list) else [value]
    return [str(value) for value in found if isinstance(value, str | int) and value != ""]


def flag(fields: Mapping[str, Any], name: str, default: bool = False) -> bool:
    """A text such as `true`, or a boolean in JSON."""
    text = first(fields, name).lower()
    return default if not text else text in ("true", "1", "yes", "on")


def files_of(request: Request, name: str, most: int) -> list[File]:
    """The form's files of that name, at least one. Raises OcrError(bad_request)."""
    files = request.FILES.getlist(name) or request.FILES.getlist(f"{name}[]")
    if not 0 < len(files) <= most:
        raise OcrError("bad_request", f"Send 1 to {most} files in the form field “{name}”.")
    return files
