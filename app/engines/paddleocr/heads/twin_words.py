"""Words of another script whose letters all look Latin, but which are no Latin words: Касса.

twin_words.txt is made by training/twin_words.py of wordfreq's lists (CC-BY-SA 4.0).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from .lookalikes import in_own_letters

FILE = Path(__file__).with_name("twin_words.txt")
WORD = re.compile(r"[^\W\d_]{2,}")


def script_of_twins(text: str) -> str | None:
    """The script that has every word of the text, Latin letters taken for its own ("Kacca"), where
    Latin has none of them; None for all other texts."""
    words = WORD.findall(text)
    for script, known in _words().items():
        if words and all(in_own_letters(word, script).casefold() in known for word in words):
            return script
    return None


@cache
def _words() -> dict[str, frozenset[str]]:
    """By script, in small letters of their own."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    split = (line.split() for line in lines)
    return {script: frozenset(words) for script, *words in split}
