from __future__ import annotations

from dataclasses import replace

from app.ocr.layout.kinds.repetition import with_repeated_furniture
from app.ocr.result import Block, Line, Page

from .setting import HEIGHT, WIDTH, piece


def block(text: str, y: int, kind: str = "text") -> Block:
    return Block((Line(piece(text, 50, y).words),), kind)


def page(number: int, *blocks: Block) -> Page:
    return Page(number, WIDTH, HEIGHT, blocks)


def test_text_that_is_repeated_at_an_edge_is_furniture() -> None:
    pages = [
        page(at, block("Harbor news", 40, "heading"), block("it rains", 500), block(f"{at}", 1350))
        for at in range(1, 5)
    ]
    kinds = [[each.kind for each in found.blocks] for found in with_repeated_furniture(pages)]
    assert kinds == [["header", "text", "page_number"]] * 4


def test_text_in_the_middle_or_on_two_pages_is_none() -> None:
    pages = [page(at, block(f"Title {'ab'[at]}", 40), block("it rains", 500)) for at in range(2)]
    pages.append(replace(pages[0], number=3, blocks=(block("it rains", 500),)))
    assert with_repeated_furniture(pages) == pages


def test_heads_of_left_and_right_pages() -> None:
    pages = [page(at, block(("Harbor news", "Part one")[at % 2], 40)) for at in range(8)]
    assert {b.kind for each in with_repeated_furniture(pages) for b in each.blocks} == {"header"}
