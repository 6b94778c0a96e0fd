"""Displayed formulas, which are larger than text and centred like headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.ocr.layout.rows import Row

# A word of prose; names of functions match it but do not count.
WORD = re.compile(r"[^\W\d_]{4,}")
FUNCTIONS = frozenset(
    {"sinh", "cosh", "tanh", "arctan", "arcsin", "arccos", "perm", "rank", "diag"}
)
SYMBOL = re.compile(r"[=<>≤≥≲≳≪≫≈≡∼≃≅∝±×·÷+∑∏∫√∂∇∈∉⊂∪∩→←⇒⇔∞^_{}|\u0370-\u03ff\u2070-\u209f]")
# The number of an equation, at the end of its last line.
NUMBER = re.compile(r"\(\d{1,3}(?:[.\-–]\d{1,3}){0,2}[a-z]?[′']?\)$")
# A formula has less than this share of its characters in words.
PROSE_SHARE = 0.4


def is_formula(rows: Sequence[Row]) -> bool:
    """Whether the rows have few words, and more symbols than words or an equation number."""
    text = " ".join(row.text for row in rows)
    symbols, words = len(SYMBOL.findall(text)), _words(text)
    if sum(map(len, words)) >= PROSE_SHARE * max(1, sum(map(len, text.split()))):
        return False
    numbered = bool(NUMBER.search(text)) and (symbols > 0 or rows[-1].cells > 1)
    return numbered or symbols > len(words)


def _words(text: str) -> list[str]:
    return [word for word in WORD.findall(text) if word.lower() not in FUNCTIONS]
