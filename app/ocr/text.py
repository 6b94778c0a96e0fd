"""Cleaning of text: characters that a format or a database cannot hold, and white space."""

from __future__ import annotations

import re
from typing import Any

# XML 1.0, production [2] Char: no parser opens a file with any other character.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# PostgreSQL refuses NUL, and surrogates cannot be encoded.
NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def clean(text: str) -> str:
    """The text without control characters, surrogates and non-characters."""
    return NOT_IN_XML.sub("", text)


def one_line(text: str) -> str:
    """Clean text, each run of white space as one space: fit for an attribute or a table cell."""
    return " ".join(clean(text).split())


def storable_text(text: str) -> str:
    """Text that every database accepts: U+FFFD replaces each character that one rejects."""
    return NOT_STORABLE.sub(REPLACEMENT, text)


def storable_tree(tree: Any) -> Any:
    """A JSON-ready tree with storable_text() applied to each string."""
    if isinstance(tree, str):
        return storable_text(tree)
    if isinstance(tree, list):
        return [storable_tree(item) for item in tree]
    if isinstance(tree, dict):
        return {name: storable_tree(value) for name, value in tree.items()}
    return tree
