"""Footnotes of pages with tables, and what looks like them."""

from __future__ import annotations

import pytest

from .setting import box, column, kinds, piece, read, rule

SMALL = 14


@pytest.mark.parametrize("mark", ["1", "(4)", "*"])
def test_a_footnote_below_a_table(mark: str) -> None:
    """Hardly any other text follows the table."""
    cells = [
        piece(text, 70 + 300 * x, 910 + 40 * y)
        for x, column in enumerate((["Boats", "Crews"], ["12", "30"]))
        for y, text in enumerate(column)
    ]
    rules = [*box(50, 900, 650, 980), rule(50, 939, 650, 941), rule(349, 900, 351, 980)]
    note = piece(f"{mark} Without those of the old harbor", 50, 1300, SMALL)
    found = read([*column("a", 50, 100, 20), *cells, note], [*rules, rule(50, 1280, 250, 1282)])
    assert kinds(found) == ["text", "table", "footnote"]


def test_a_formula_in_small_type_is_no_footnote() -> None:
    formula = piece("2χ = 61.24, v = 11", 50, 1300, SMALL)
    assert "footnote" not in kinds(read([*column("a", 50, 100, 40), formula]))


def test_a_name_under_the_line_for_a_signature_is_no_footnote() -> None:
    name = piece("R. Fenwick", 50, 1230)
    found = read([*column("a", 50, 100, 40), name], [rule(50, 1220, 250, 1222)])
    assert "footnote" not in kinds(found)


def test_an_address_in_monospaced_type_is_a_footnote() -> None:
    note = piece("¹ http://www.example.org/boats_of_(old)_times", 50, 1300, SMALL, monospaced=True)
    found = read([*column("a", 50, 100, 40), note], [rule(50, 1280, 250, 1282)])
    assert kinds(found) == ["text", "footnote"]
