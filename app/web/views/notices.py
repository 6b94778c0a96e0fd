"""Notices about failed actions, shown on the next page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from app.http.error_messages import error_in_language
from app.ocr.errors import OcrError


@contextmanager
def errors_as_notices(request: HttpRequest) -> Iterator[None]:
    """Ends the block at an OcrError and shows its message."""
    try:
        yield
    except OcrError as error:
        messages.error(request, error_in_language(error))
