"""Sections of Document Intelligence: references to paragraphs, tables and figures.

https://learn.microsoft.com/azure/ai-services/document-intelligence/concept/document-layout
"""

from __future__ import annotations

from app.ocr.result import FURNITURE, Block

from .document_text import Window, span
from .view import Json


class SectionTree:
    """Section 0 is the document; a heading begins one inside the nearest heading above it.

    Running heads, feet and page numbers are in none.
    """

    def __init__(self) -> None:
        self._elements: list[list[str]] = [[]]
        self._windows: list[list[Window]] = [[]]
        # Level and number of the sections that are open.
        self._open: list[tuple[int, int]] = [(0, 0)]

    def add(self, block: Block, element: str, windows: list[Window]) -> None:
        """element: the reference of the block's paragraph or table. windows: its text."""
        if block.kind in FURNITURE:
            return
        if block.kind == "heading":
            self._begin(max(block.level, 1))
        self.add_part(element, windows)

    def add_part(self, element: str, windows: list[Window]) -> None:
        """In the section that is open."""
        self._elements[self._open[-1][1]].append(element)
        for _, number in self._open:
            self._windows[number] += windows

    def render(self) -> list[Json]:
        """Empty for a document without text."""
        return [
            {"spans": [span(windows)], "elements": elements}
            for elements, windows in zip(self._elements, self._windows, strict=True)
            if elements
        ]

    def _begin(self, level: int) -> None:
        while self._open[-1][0] >= level:
            self._open.pop()
        number = len(self._elements)
        self._elements[self._open[-1][1]].append(f"/sections/{number}")
        self._elements.append([])
        self._windows.append([])
        self._open.append((level, number))
