"""Files of a batch and the limits on all of them together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import File

from app.ocr.errors import OcrError


@dataclass(frozen=True, slots=True)
class BatchFile:
    """One file as it was sent. reference: the sender's own id. error: why it could not be read."""

    name: str
    content: File[Any] | None
    reference: str = ""
    error: OcrError | None = None


def check_limits(*, count: int, size: int) -> None:
    """Of a whole batch. Raises OcrError: too_many_files, file_too_large."""
    if count > settings.BATCH_MAX_FILES:
        raise too_many()
    if size > settings.BATCH_MAX_BYTES:
        limit = settings.BATCH_MAX_BYTES / 1e6
        raise OcrError("file_too_large", f"All files together may have at most {limit:g} MB.")


def too_many() -> OcrError:
    return OcrError("too_many_files", f"Send at most {settings.BATCH_MAX_FILES} files at once.")
