"""Text in Markdown: what would begin markup is escaped, ends of lines are hard breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.ocr.text import one_line

# What begins emphasis, code, links, HTML, entities and table cells anywhere in a line …
SPECIAL = re.compile(r"([\\`*_\[\]<>&|~$])")
# … and what makes a line a heading, list item or rule only where it begins one.
LINE_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+=](?=[\s=-]|$)|(?<=^)\d{1,9}(?=[.)](\s|$)))")


def escaped(text: str) -> str:
    """Text as it is inside a line."""
    return SPECIAL.sub(r"\\\1", one_line(text))


def escaped_line(text: str) -> str:
    """Text that begins a line."""
    return LINE_START.sub(_escape_start, escaped(text))


def hard_broken(lines: Iterable[str], indent: str = "") -> str:
    """The backslash keeps a line's end, which Markdown would turn into a space."""
    return f"\\\n{indent}".join(lines)


def _escape_start(match: re.Match[str]) -> str:
    """A number is no list item once the full stop after it is escaped."""
    start = match[0]
    return f"{start}\\" if start.isdigit() else f"\\{start}"
