"""The single letters of a text, as the first onlineocr answered them."""

from __future__ import annotations

import re

LETTER = re.compile("[a-zA-Z]")


def letters(text: str) -> list[str]:
    """Every ASCII letter in order: the old contract's `content`, and what its `count` counted."""
    return LETTER.findall(text)
