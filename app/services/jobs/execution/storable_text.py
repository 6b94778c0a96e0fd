"""Text that every database takes: PostgreSQL refuses NUL, and nothing encodes half surrogates."""

from __future__ import annotations

import re
from typing import Any

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def clean_text(text: str) -> str:
    return UNSTORABLE.sub(REPLACEMENT, text)


def clean_tree(tree: Any) -> Any:
    """The same for every string of a JSON-ready tree."""
    if isinstance(tree, str):
        return clean_text(tree)
    if isinstance(tree, list):
        return [clean_tree(item) for item in tree]
    if isinstance(tree, dict):
        return {name: clean_tree(value) for name, value in tree.items()}
    return tree
