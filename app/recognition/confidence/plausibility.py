"""Plausibility of a word's letters, by trigrams of 26 languages in Latin letters.

training/plausibility.py makes trigrams.npz from wordfreq's lists (CC-BY-SA 4.0). Accents do not
count, so one small table serves all languages.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

TABLE = Path(__file__).with_name("trigrams.npz")
# The edge of a word, letters, and all other letters as one.
LETTERS = f"^{ascii_lowercase}*"
# Logarithm of a probability for each step of the table.
STEP = 0.08
# Surprise of a word with fewer than three letters.
USUAL = 2.4


@lru_cache(maxsize=20_000)
def surprise(word: str) -> tuple[float, float]:
    """Mean and largest surprise of the word's letters: minus the logarithm of the probability of
    each after the two before it. Digits and symbols do not count."""
    letters = "".join(filter(str.isalpha, word))
    if len(letters) < 3:
        return USUAL, USUAL
    found = _surprises(letters)
    return float(found.mean()), float(found.max())


def surprise_of_all(letters: str) -> float:
    """Sum of the surprise of each letter: minus the logarithm of the word's probability."""
    return float(_surprises(letters).sum())


def _surprises(letters: str) -> NDArray[np.float64]:
    indices = numbers(letters)
    return np.asarray(_table()[indices[:-2], indices[1:-1], indices[2:]] * STEP, np.float64)


def numbers(word: str) -> NDArray[np.intp]:
    """Indices of the word's letters in LETTERS, with two edges before and one after."""
    plain = unicodedata.normalize("NFD", word.lower())
    known = (LETTERS.find(each) for each in plain if unicodedata.category(each) != "Mn")
    other = len(LETTERS) - 1
    return np.array([0, 0, *(at if at > 0 else other for at in known), 0], np.intp)


@cache
def _table() -> NDArray[np.uint8]:
    with np.load(TABLE) as stored:
        steps: NDArray[np.uint8] = stored["steps"]
    return steps
