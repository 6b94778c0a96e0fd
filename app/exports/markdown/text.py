"""Text in Markdown: characters that begin markup are escaped, line ends are hard breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.ocr.text import one_line

# Characters that begin emphasis, code, links, HTML, entities or table cells in any place …
SPECIAL = re.compile(r"([\\`*_\[\]<>&|~$])")
# … and those that make a line a heading, list item or rule only at its start.
LINE_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+=](?=[\s=-]|$)|(?<=^)\d{1,9}(?=[.)](\s|$)))")


def escaped(text: str) -> str:
    """Text escaped for the inside of a line."""
    return SPECIAL.sub(r"\\\1", one_line(text))


def escaped_line(text: str) -> str:
    """Text escaped for the start of a line."""
    return LINE_START.sub(_escape_start, escaped(text))


def hard_broken(lines: Iterable[str], indent: str = "") -> str:
    """Lines with a backslash at each end, which Markdown would otherwise turn into a space."""
    return f"\\\n{indent}".join(lines)


def _escape_start(match: re.Match[str]) -> str:
    """Escapes a line's start; after a number, the full stop or bracket that follows it."""
    start = match[0]
    return f"{start}\\" if start.isdigit() else f"\\{start}"
