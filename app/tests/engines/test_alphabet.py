"""Lines that are Chinese or Japanese beyond doubt."""

from __future__ import annotations

import pytest

from app.engines.paddleocr.alphabet import is_surely_asian
from app.engines.paddleocr.ctc import Character


@pytest.mark.parametrize(
    ("text", "confidence", "asian"),
    [
        ("会议将于", 0.95, True),
        ("会议将于", 0.6, False),
        ("会", 0.99, False),
        ("一一本", 0.99, False),
        ("A4 会 page", 0.9, False),
    ],
)
def test_smudges_do_not_make_a_line_chinese(text: str, confidence: float, asian: bool) -> None:
    line = [Character(each, at / 10, confidence) for at, each in enumerate(text)]
    assert is_surely_asian(line) is asian
