from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.base import File

from app.ocr.errors import OcrError


@dataclass(frozen=True, slots=True)
class BatchFile:
    """One file as it was sent. reference: the sender's own id. error: why it could not be read."""

    name: str
    content: File[Any] | None
    reference: str = ""
    error: OcrError | None = None
