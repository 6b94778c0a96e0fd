"""Strict JSON parsing: rejects input that exhausts memory or cannot be stored as text."""

from __future__ import annotations

import json
import math
import re
from typing import Any, BinaryIO

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.utils.json import strict_constant

from app.http.bodies.size import read_body

# Each value takes at least 60 bytes in memory, but as few as three in the text.
MOST_VALUES = 1_000_000
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def parsed_json(text: str) -> Any:
    """The parsed value. Raises ValueError; its subclass JSONDecodeError for text that is not
    JSON."""
    if sum(map(text.count, "[{,")) > MOST_VALUES:
        raise ValueError("There are too many values.")
    try:
        value = json.loads(text, parse_constant=strict_constant, parse_float=_finite)
    except RecursionError:
        raise ValueError("The values are nested too deeply.") from None
    if SURROGATE.search(text):
        refuse_half_surrogates(value)
    return value


def _finite(text: str) -> float:
    """Refuses numbers such as `1e400`, which would be infinite."""
    value = float(text)
    if math.isinf(value):
        raise ValueError(f"{text[:20]} is too large.")
    return value


def refuse_half_surrogates(value: Any) -> None:
    """Raises ValueError for half of a surrogate pair, which cannot be stored or forwarded."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("A text has half of a surrogate pair.") from None


class JsonParser(JSONParser):
    def parse(
        self, stream: BinaryIO, media_type: str | None = None, parser_context: Any = None
    ) -> Any:
        encoding = (parser_context or {}).get("encoding", "utf-8")
        try:
            return parsed_json(read_body(stream, parser_context).decode(encoding))
        except (ValueError, LookupError) as error:
            raise ParseError(f"JSON parse error - {error}") from error


class AnyTypeJsonParser(JsonParser):
    """Parser for clients that send JSON under another type: curl's default of a form, or text."""

    media_type = "*/*"
