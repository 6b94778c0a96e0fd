from __future__ import annotations

import pytest

from app.ocr.hyphenation import join_hyphenated
from app.ocr.scripts import is_right_to_left, joins_without_space, main_script


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Grüße, 12", "Latin"),
        ("Привет world…", "Cyrillic"),
        ("Ωραίος", "Greek"),
        ("東京タワー", "Kana"),
        ("繁體中文", "Han"),
        ("हिन्दी", "Devanagari"),
        ("123 – !", None),
    ],
)
def test_main_script(text: str, script: str | None) -> None:
    assert main_script(text) == script


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [("東京", "都", True), ("です。", "次", True), ("東京", "Tower", False), ("한국", "어", False)],
)
def test_only_chinese_and_japanese_run_on(left: str, right: str, joined: bool) -> None:
    assert joins_without_space(left, right) is joined


def test_direction_follows_the_majority_of_letters() -> None:
    assert is_right_to_left("امروز هوا (PDF)")
    assert not is_right_to_left("123 Main Street")


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("recog-\nnition of text", "recognition\nof text"),
        ("Haus¬\nbau", "Hausbau\n"),
        ("Anglo-\nSaxon", "Anglo-\nSaxon"),
        ("1990-\n95", "1990-\n95"),
    ],
)
def test_hyphenated_words_are_joined_only_where_one_word_was_parted(text: str, joined: str) -> None:
    assert join_hyphenated(text) == joined
