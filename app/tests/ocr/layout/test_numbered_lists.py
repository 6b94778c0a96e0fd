"""Lists whose numbers have no dot, and numbers that are no markers."""

from __future__ import annotations

from .setting import column, kinds, piece, read


def test_numbers_without_a_dot_that_count_on_are_a_list() -> None:
    texts = ["Bring the boats ashore", "Fold every sail", "Lock the old gate"]
    numbered = [
        each
        for at, text in enumerate(texts)
        for each in (piece(str(at + 1), 50, 300 + 40 * at), piece(text, 90, 300 + 40 * at))
    ]
    assert kinds(read([*column("a", 50, 100, 6), *numbered])) == ["text", *["list"] * 3]


def test_the_number_of_a_clause_is_no_item() -> None:
    clauses = [piece("§ 1", 400, 100), *column("a", 50, 140, 4), piece("§ 2", 400, 270)]
    assert "list" not in kinds(read([*clauses, *column("b", 50, 310, 4)]))
