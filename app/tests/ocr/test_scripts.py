from __future__ import annotations

import pytest

from app.ocr.scripts import is_right_to_left, is_unspaced, joins_without_space, script_counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Grüße, 12", {"Latin": 5}),
        ("Привет world…", {"Cyrillic": 6, "Latin": 5}),
        ("Ωραίος", {"Greek": 6}),
        ("東京タワー", {"Han": 2, "Kana": 3}),
        ("繁體中文", {"Han": 4}),
        ("हिन्दी", {"Devanagari": 6}),
        ("123 – !", {}),
    ],
)
def test_letters_are_counted_by_script(text: str, counts: dict[str, int]) -> None:
    assert script_counts(text) == counts


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [("東京", "都", True), ("です。", "次", True), ("東京", "Tower", False), ("한국", "어", False)],
)
def test_only_chinese_and_japanese_run_on(left: str, right: str, joined: bool) -> None:
    assert joins_without_space(left, right) is joined


def test_a_box_without_text_needs_no_script() -> None:
    assert not is_unspaced("")


def test_direction_follows_the_majority_of_letters() -> None:
    assert is_right_to_left("امروز هوا (PDF)")
    assert not is_right_to_left("123 Main Street")
