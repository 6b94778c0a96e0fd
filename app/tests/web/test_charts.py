from __future__ import annotations

from app.web import charts

DAYS = ["1 May", "2 May", "3 May"]


def test_columns_are_stacked_to_the_sum():
    chart = charts.stacked_columns(DAYS, {"a": [1, 0, 4], "b": [1, 0, 6]}, rest="others")
    lower, upper = (mark for mark in chart.columns if mark.text.startswith("3 May"))
    assert upper.y + upper.height == lower.y
    assert upper.y == charts.TOP
    assert lower.y + lower.height == charts.HEIGHT - charts.BOTTOM
    assert len(chart.columns) == 4  # none for a day without pages
    assert chart.rows[0] == ("3 May", ["4", "6"])


def test_scale_ends_with_a_round_number():
    for largest, top in ((0, "1"), (1, "1"), (3, "5"), (61, "100"), (1001, "2,000"), (0.3, "0.5")):
        chart = charts.lines(DAYS, {"a": [largest, None, None]})
        assert chart.ticks[-1][1] == top


def test_no_more_series_than_patterns():
    chart = charts.stacked_columns(DAYS, {name: [1, 2, 3] for name in "abcdef"}, rest="others")
    assert chart.names == ["a", "b", "c", "others"]
    assert chart.rows[0] == ("3 May", ["3", "3", "3", "9"])


def test_line_leaves_out_days_without_a_number():
    chart = charts.lines(DAYS, {"a": [2.0, None, 4.0]})
    assert len(chart.points) == 2
    assert len(chart.lines[0][1].split()) == 2
    assert chart.rows[1] == ("2 May", ["–"])


def test_labels_do_not_meet():
    days = [str(number) for number in range(92)]
    chart = charts.stacked_columns(days, {"a": [1] * 92}, rest="others")
    assert len(chart.labels) <= charts.MOST_LABELS
    assert chart.labels[-1][1] == "91"


def test_nothing():
    assert charts.stacked_columns([], {}, rest="others").is_empty
    assert charts.lines(DAYS, {"a": [None] * 3}).is_empty
    assert charts.bars([("a", 0)]) == []
    assert [bar.share for bar in charts.bars([("a", 4), ("b", 1)])] == [100, 25]
