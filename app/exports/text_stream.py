"""Text output to a byte stream that the caller opens and closes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TextIO


@contextmanager
def text_stream(stream: IO[bytes], encoding: str = "utf-8") -> Iterator[TextIO]:
    """Keeps newlines as written. An unpaired surrogate, invalid in UTF-8, becomes "?"."""
    text = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()
