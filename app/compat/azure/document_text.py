"""The one text of a document, written part by part; each part learns its place in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Window = tuple[int, int]


class TextWriter:
    """length: counts characters as the client does; all positions are in its units."""

    def __init__(self, length: Callable[[str], int]) -> None:
        self.position = 0
        self._page_start: int | None = None
        self._length = length
        self._parts: list[str] = []
        self._separator = ""

    @property
    def content(self) -> str:
        return "".join(self._parts)

    def separate(self, separator: str) -> None:
        """Written before the next text, but neither at the start nor at the end of the document."""
        if self._parts:
            self._separator = separator

    def write(self, text: str) -> Window:
        if not text:
            return self.position, self.position
        separator, self._separator = self._separator, ""
        self._append(separator)
        start = self.position
        if self._page_start is None:
            self._page_start = start
        self._append(text)
        return start, self.position

    def open_page(self) -> None:
        """The page's window begins with the next text."""
        self._page_start = None

    @property
    def page_window(self) -> Window:
        start = self.position if self._page_start is None else self._page_start
        return start, self.position

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self.position += self._length(text)


def span(windows: Iterable[Window]) -> dict[str, int]:
    """From the first beginning to the last end; empty and at the start for none."""
    found = list(windows)
    start = min((start for start, _ in found), default=0)
    return {"offset": start, "length": max((end for _, end in found), default=0) - start}
