"""Files of a batch and the limits on all of them together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import File

from app.ocr.errors import OcrError, millions


@dataclass(frozen=True, slots=True)
class BatchFile:
    """One file as sent. reference: the client's id for it. error: why it could not be read."""

    name: str
    content: File[Any] | None
    reference: str = ""
    error: OcrError | None = None


def check_limits(*, count: int, size: int) -> None:
    """Checks the limits of a whole batch. Raises OcrError: too_many_files, file_too_large."""
    if count > settings.BATCH_MAX_FILES:
        raise too_many()
    if size > settings.BATCH_MAX_BYTES:
        limit = settings.BATCH_MAX_BYTES
        message = f"All files together may have at most {limit / 1e6:g} MB."
        raise OcrError("file_too_large", message, details={"total": millions(limit)})


def too_many() -> OcrError:
    limit = settings.BATCH_MAX_FILES
    message = f"Send at most {limit} files at once."
    return OcrError("too_many_files", message, details={"limit": limit})
