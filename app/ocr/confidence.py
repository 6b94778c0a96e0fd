"""Three levels of confidence; the only place that holds their limits.

Confidence is the share of words that are right among those with the same number (0-1), so a limit
says how many of the words above it a proofreader may skip.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from .result import Word

Level = Literal["sure", "check", "doubtful"]

# At this confidence nine of ten words are right, and more above it.
SURE = 0.9
# Below this, a word is about as likely to be wrong as right.
CHECK = 0.6


def level(confidence: float) -> Level:
    """The level of a word, line or page."""
    if confidence >= SURE:
        return "sure"
    return "check" if confidence >= CHECK else "doubtful"


def words_to_check(words: Iterable[Word]) -> int:
    """The number of words that are not sure."""
    return sum(word.confidence < SURE for word in words)
