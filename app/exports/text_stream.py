"""Text output into a byte stream that the caller opened and closes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TextIO


@contextmanager
def text_stream(stream: IO[bytes], encoding: str = "utf-8") -> Iterator[TextIO]:
    """Newlines as written. An unpaired surrogate, which UTF-8 cannot hold, becomes a "?"."""
    text = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()
