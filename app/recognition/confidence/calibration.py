"""Calibrated confidence of words: the measured share of such words that are right.

What engines report are a network's probabilities for letters. benchmarks/calibration.py fits, by
engine and script, a logistic regression on what is known of a word (Platt 1999) and a monotone
table from its value to the share of right words (isotonic regression, Zadrozny and Elkan 2002).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.ocr.result import Line, Page, Word
from app.ocr.scripts import script_of

FITTED = Path(__file__).with_name("fitted.json")
LATIN, OTHER = "Latin", "other"
# Engines name 0 and 1 as well.
LEAST = 0.002
# Lines of this height and above, in pixels, are as clear as they get.
CLEAR_HEIGHT = 30.0
# Capitals or digits inside a word, and the same sign three times.
ODD = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]|[^\W\d_]\d+[^\W\d_]|(\S)\1\1")
WORD = re.compile(r"[^\W\d_]{2,}")

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """weights: of the features, the constant last. values, shares: rising; the share of right
    words at each value of the weighted sum."""

    weights: Values
    values: Values
    shares: Values

    def share(self, features: Values) -> Values:
        """features: (n, number of features)."""
        sums = features @ self.weights[:-1] + self.weights[-1]
        return np.asarray(np.interp(sums, self.values, self.shares), np.float64)


def calibrated(page: Page) -> Page:
    """The page with the calibrated confidence of each word; words of engines and scripts that
    have no table keep what the engine says."""
    tables = {kind: _calibrations().get(f"{page.engine} {kind}") for kind in (LATIN, OTHER)}
    if not any(tables.values()):
        return page
    sure = page.confidence

    def line(old: Line) -> Line:
        return replace(old, words=tuple(word(each, old) for each in old.words))

    def word(old: Word, around: Line) -> Word:
        table = tables[kind_of(old.text)]
        if table is None:
            return old
        share = table.share(np.array([features(old, around, sure)]))[0]
        return replace(old, confidence=round(float(share), 4))

    return replace(page, blocks=tuple(block.map_lines(line) for block in page.blocks))


def kind_of(text: str) -> str:
    """ "Latin" also for digits and signs, else "other"."""
    scripts = set(map(script_of, text)) - {None}
    return LATIN if scripts <= {LATIN} else OTHER


def features(word: Word, line: Line, page_confidence: float) -> list[float]:
    """What is known of a word; line: the one that it is in."""
    text = word.text
    signs = sum(not sign.isalnum() for sign in text)
    height = line.bbox.height if line.direction != "ttb" else line.bbox.width
    return [
        _logit(word.confidence),
        _logit(line.confidence),
        _logit(page_confidence),
        float(np.log(len(text))),
        signs / len(text),
        float(bool(ODD.search(text))),
        float(WORD.search(text) is None),
        float(any(map(str.isdigit, text))),
        min(1.0, height / CLEAR_HEIGHT),
    ]


def _logit(share: float) -> float:
    bounded = min(1 - LEAST, max(LEAST, share))
    return float(np.log(bounded / (1 - bounded)))


@cache
def _calibrations() -> dict[str, Calibration]:
    stored = json.loads(FITTED.read_text(encoding="utf-8"))
    return {
        name: Calibration(*(np.array(each[part]) for part in ("weights", "values", "shares")))
        for name, each in stored.items()
    }
