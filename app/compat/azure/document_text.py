"""The text of a whole document, written part by part; each part gets its place in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Window = tuple[int, int]


class TextWriter:
    """Collects the text. length: counts characters as the client does, for all positions."""

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
        """Separates the next text from the last; writes nothing at either end of the document."""
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
        """Starts a page, whose window begins with the next text."""
        self._page_start = None

    @property
    def page_window(self) -> Window:
        start = self.position if self._page_start is None else self._page_start
        return start, self.position

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self.position += self._length(text)


def span(windows: Iterable[Window]) -> dict[str, int]:
    """Span from the first start to the last end; offset and length 0 if there are no windows."""
    found = list(windows)
    start = min((start for start, _ in found), default=0)
    return {"offset": start, "length": max((end for _, end in found), default=0) - start}
