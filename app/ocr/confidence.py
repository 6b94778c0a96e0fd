"""Three steps of confidence, the one place that holds their limits.

Confidence is the share of words that are right among those with the same number (0-1), so a limit
says how many of the words above it a proofreader may skip.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from .result import Word

Level = Literal["sure", "check", "doubtful"]

# Nine of ten words are right here, and more above.
SURE = 0.9
# Below, it is about as likely that a word is wrong.
CHECK = 0.6


def level(confidence: float) -> Level:
    """The step of a word, line or page."""
    if confidence >= SURE:
        return "sure"
    return "check" if confidence >= CHECK else "doubtful"


def words_to_check(words: Iterable[Word]) -> int:
    """The number of words that are not sure."""
    return sum(word.confidence < SURE for word in words)
