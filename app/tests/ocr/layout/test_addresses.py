"""Addresses of pages in monospaced type are part of the text around them, not code."""

from __future__ import annotations

from .setting import PITCH, column, kinds, piece, read

ADDRESS = "https://www.example.org/p/boats_of_old/?source=link"


def test_an_address_on_a_line_of_its_own_within_a_paragraph() -> None:
    last = piece("and read there in May", 50, 100 + 7 * PITCH)
    line = piece(ADDRESS, 50, 100 + 6 * PITCH, monospaced=True)
    assert kinds(read([*column("a", 50, 100, 6), line, last])) == ["text"]


def test_an_address_as_a_list_item() -> None:
    item = piece(f"• {ADDRESS}", 50, 300, monospaced=True)
    assert kinds(read([*column("a", 50, 100, 6), item])) == ["text", "list"]
