"""Sections of Document Intelligence: references to paragraphs, tables and figures.

https://learn.microsoft.com/azure/ai-services/document-intelligence/concept/document-layout
"""

from __future__ import annotations

from app.ocr.result import FURNITURE, Block

from .document_text import Window, span
from .view import Json


class SectionTree:
    """Sections: number 0 is the document, and each heading begins one inside its parent heading's.

    Running heads, running feet and page numbers belong to no section.
    """

    def __init__(self) -> None:
        self._elements: list[list[str]] = [[]]
        self._windows: list[list[Window]] = [[]]
        # Level and number of each open section.
        self._open: list[tuple[int, int]] = [(0, 0)]

    def add(self, block: Block, element: str, windows: list[Window]) -> None:
        """element: reference of the block's paragraph or table. windows: places of its text."""
        if block.kind in FURNITURE:
            return
        if block.kind == "heading":
            self._begin(max(block.level, 1))
        self.add_part(element, windows)

    def add_part(self, element: str, windows: list[Window]) -> None:
        """Adds an element to the innermost open section."""
        self._elements[self._open[-1][1]].append(element)
        for _, number in self._open:
            self._windows[number] += windows

    def render(self) -> list[Json]:
        """All sections that have elements; empty for a document without text."""
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
