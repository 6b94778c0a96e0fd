"""Facts about a word that indicate how likely it is right, for calibrating its confidence."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median

import numpy as np

from app.ocr.result import Line, Page, Word

from .plausibility import surprise

# Confidence is limited to LEAST and 1 - LEAST, as engines also report 0 and 1.
LEAST = 0.002
# Lines of this height and above, in pixels, are as clear as they get.
CLEAR_HEIGHT = 30.0
# Logarithm of the odds at which the meaning of an engine's confidence changes.
SURE_ODDS = 1.0
# Number of the first facts, the engine's own certainty, which never counts against a word.
OF_ENGINE = 2
# Capitals or digits inside a word, and the same character three times.
ODD = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]|[^\W\d_]\d+[^\W\d_]|(\S)\1\1")
WORD = re.compile(r"[^\W\d_]{2,}")
# Characters that engines take for each other.
CONFUSED = frozenset("0Oo1lI|i!5S$8B6G2Z9gq,.;:'`-_~")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """confidence: 0-1; height: median of its lines, in pixels; seen: how often it has each word."""

    confidence: float
    height: float
    seen: Counter[str]

    @classmethod
    def of(cls, page: Page) -> PageFacts:
        heights = [_height(line) for line in page.lines]
        seen = Counter(_bare(word.text) for word in page.words)
        return cls(page.confidence, median(heights or [1]), seen)


def line_features(line: Line, page: PageFacts) -> list[list[float]]:
    """A row of facts for each word of the line."""
    height = _height(line)
    least = min((word.confidence for word in line.words), default=0.0)
    around = [
        _logit(line.confidence),
        _logit(page.confidence),
        _logit(least),
        min(1.0, height / CLEAR_HEIGHT),
        abs(float(np.log(max(1, height) / max(1.0, page.height)))),
        float(np.log(max(1, len(line.text)))),
    ]
    last = len(line.words) - 1
    return [
        [*_of_engine(word), *around, float(at in (0, last)), *_of_text(word, page.seen)]
        for at, word in enumerate(line.words)
    ]


def _height(line: Line) -> int:
    return line.bbox.height if line.direction != "ttb" else line.bbox.width


def _of_engine(word: Word) -> tuple[float, float]:
    """The part of its log odds below SURE_ODDS and the part above."""
    odds = _logit(word.confidence)
    return min(odds, SURE_ODDS), max(0.0, odds - SURE_ODDS)


def _bare(text: str) -> str:
    """Only the letters and digits, without case."""
    return "".join(filter(str.isalnum, text)).casefold()


def _of_text(word: Word, seen: Counter[str]) -> list[float]:
    text, bare = word.text, _bare(word.text)
    mean, most = surprise(text)
    return [
        float(np.log(len(text))),
        sum(not character.isalnum() for character in text) / len(text),
        sum(character in CONFUSED for character in text) / len(text),
        float(bool(ODD.search(text))),
        float(WORD.search(text) is None),
        float(any(map(str.isdigit, text))),
        float(len(bare) == 0),
        float(len(bare) == 1),
        float(bool(bare) and seen[bare] > 1),
        mean,
        most,
    ]


def _logit(share: float) -> float:
    bounded = min(1 - LEAST, max(LEAST, share))
    return float(np.log(bounded / (1 - bounded)))
