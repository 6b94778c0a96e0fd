"""Calibrated confidence of words: the measured share of such words that are right.

Engines report a network's probabilities for letters. benchmarks/calibration.py fits, for each
engine and script, a logistic regression on facts about a word (Platt 1999) and a monotone table
from its value to the share of right words (isotonic regression, Zadrozny and Elkan 2002).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.ocr.layout.symbols.symbol_fonts import is_leader
from app.ocr.result import Line, Page, Word
from app.ocr.scripts import script_of

from .features import PageFacts, line_features

FITTED = Path(__file__).with_name("fitted.json")
LATIN, OTHER = "Latin", "other"

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """weights: one per feature, the constant last. values, shares: ascending values of the weighted
    sum, and the share of right words at each."""

    weights: Values
    values: Values
    shares: Values

    def share(self, features: Values) -> Values:
        """features: (n, number of features)."""
        sums = features @ self.weights[:-1] + self.weights[-1]
        return np.asarray(np.interp(sums, self.values, self.shares), np.float64)


def calibrated(page: Page) -> Page:
    """The page with the calibrated confidence of each word; dot leaders, and words of engines and
    scripts without a table, keep the engine's confidence."""
    tables = {kind: _calibrations().get(f"{page.engine} {kind}") for kind in (LATIN, OTHER)}
    if not any(tables.values()):
        return page
    facts = PageFacts.of(page)

    def line(old: Line) -> Line:
        known = line_features(old, facts)
        return replace(old, words=tuple(map(word, old.words, known)))

    def word(old: Word, known: list[float]) -> Word:
        table = tables[kind_of(old.text)]
        if table is None or is_leader(old.text):
            return old
        share = table.share(np.array([known]))[0]
        return replace(old, confidence=round(float(share), 4))

    return replace(page, blocks=tuple(block.map_lines(line) for block in page.blocks))


def kind_of(text: str) -> str:
    """ "Latin", for digits and symbols as well, or "other"."""
    scripts = set(map(script_of, text)) - {None}
    return LATIN if scripts <= {LATIN} else OTHER


@cache
def _calibrations() -> dict[str, Calibration]:
    stored = json.loads(FITTED.read_text(encoding="utf-8"))
    return {
        name: Calibration(*(np.array(each[part]) for part in ("weights", "values", "shares")))
        for name, each in stored.items()
    }
