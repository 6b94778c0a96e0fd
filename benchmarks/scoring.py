"""Character error rate, and word recall and precision, on normalised text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

FOLDED = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−֊", "-"),
        "ſ": "s",
        "։": ":",  # Armenian's full stop, often typed as a colon
    }
)
ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c-\u200f]")
LINE_END_HYPHEN = re.compile(r"(?<=\w)[-¬⸗]\s*\n\s*(?=\w)")


@dataclass(frozen=True)
class Score:
    """error: CER or 1 - word recall. precision: of words, None for CER. Both from 0 to 1."""

    error: float
    precision: float | None = None


def normalize(text: str, *, unspaced: bool) -> str:
    text = unicodedata.normalize("NFKC", text.translate(FOLDED)).translate(FOLDED)
    text = ARABIC_MARKS.sub("", LINE_END_HYPHEN.sub("", text))
    text = "".join(_ascii_digit(character) for character in text)
    return "".join(text.split()) if unspaced else " ".join(text.split())


def score(read: str, truth: str, *, metric: str, unspaced: bool) -> Score:
    read, truth = (normalize(text, unspaced=unspaced) for text in (read, truth))
    if metric == "cer":
        return Score(min(1.0, Levenshtein.distance(read, truth) / max(1, len(truth))))
    return _bag_score(_bag(read, unspaced), _bag(truth, unspaced))


def _bag_score(read: Counter[str], truth: Counter[str]) -> Score:
    common = (read & truth).total()
    recall = common / max(1, truth.total())
    return Score(1 - recall, common / read.total() if read else 0.0)


def _bag(text: str, unspaced: bool) -> Counter[str]:
    pattern = r"\w" if unspaced else r"\w+"
    return Counter(re.findall(pattern, text.lower()))


def _ascii_digit(character: str) -> str:
    return str(unicodedata.digit(character)) if character.isdigit() else character
