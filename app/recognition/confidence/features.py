"""Facts about a word that tell how likely it is right, for the calibration of its confidence."""

from __future__ import annotations

import re

import numpy as np

from app.ocr.result import Line, Word

from .plausibility import surprise

# Engines name 0 and 1 as well.
LEAST = 0.002
# Lines of this height and above, in pixels, are as clear as they get.
CLEAR_HEIGHT = 30.0
# Capitals or digits inside a word, and the same sign three times.
ODD = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]|[^\W\d_]\d+[^\W\d_]|(\S)\1\1")
WORD = re.compile(r"[^\W\d_]{2,}")
# Signs that engines take for each other.
CONFUSED = frozenset("0Oo1lI|i!5S$8B6G2Z9gq,.;:'`-_~")


def line_features(line: Line, page_confidence: float) -> list[list[float]]:
    """A row for each word of the line: what is known of it."""
    height = line.bbox.height if line.direction != "ttb" else line.bbox.width
    least = min((word.confidence for word in line.words), default=0.0)
    around = [
        _logit(line.confidence),
        _logit(page_confidence),
        _logit(least),
        min(1.0, height / CLEAR_HEIGHT),
        float(np.log(max(1, len(line.text)))),
    ]
    last = len(line.words) - 1
    return [
        [_logit(word.confidence), *around, float(at in (0, last)), *_of_text(word)]
        for at, word in enumerate(line.words)
    ]


def _of_text(word: Word) -> list[float]:
    text = word.text
    mean, most = surprise(text)
    return [
        float(np.log(len(text))),
        sum(not sign.isalnum() for sign in text) / len(text),
        sum(sign in CONFUSED for sign in text) / len(text),
        float(bool(ODD.search(text))),
        float(WORD.search(text) is None),
        float(any(map(str.isdigit, text))),
        mean,
        most,
    ]


def _logit(share: float) -> float:
    bounded = min(1 - LEAST, max(LEAST, share))
    return float(np.log(bounded / (1 - bounded)))
