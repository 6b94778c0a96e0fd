from __future__ import annotations

from dataclasses import replace

import pytest

from app.ocr.confidence import level, words_to_check
from app.ocr.result import Word
from app.templatetags.site import confidence_level
from app.tests.factories import make_page


@pytest.mark.parametrize(
    ("confidence", "step", "badge"),
    [
        (1.0, "sure", "good"),
        (0.9, "sure", "good"),
        (0.899, "check", "warn"),
        (0.6, "check", "warn"),
        (0.599, "doubtful", "bad"),
        (0.0, "doubtful", "bad"),
    ],
)
def test_three_steps(confidence, step, badge):
    assert level(confidence) == step
    assert confidence_level(confidence) == badge


def test_words_that_are_not_sure_are_to_be_checked():
    words = list(make_page("one two three").words)
    shares = (0.9, 0.89, 0.1)
    assert words_to_check(map(with_confidence, words, shares)) == 2
    assert words_to_check([]) == 0


def with_confidence(word: Word, confidence: float) -> Word:
    return replace(word, confidence=confidence)
