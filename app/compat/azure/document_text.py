"""The one text of a document that all its parts are spans of: plain or Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.exports.base import ExportOptions
from app.exports.markdown import escaped, page_markdown
from app.ocr.result import Page

Window = tuple[int, int]
PAGE_BREAK = "\n\n<!-- PageBreak -->\n\n"  # Azure's own


@dataclass(frozen=True, slots=True)
class ContentFormat:
    """write: the text of a page. spell: a word as that text has it."""

    name: str
    write: Callable[[Page], str]
    spell: Callable[[str], str]
    separator: str


def _plain(page: Page) -> str:
    return "\n".join(line.text for line in page.lines)


def _markdown(page: Page) -> str:
    return page_markdown(page, ExportOptions(furniture=True)).strip("\n")


FORMATS = {
    "text": ContentFormat("text", _plain, str, "\n"),
    "markdown": ContentFormat("markdown", _markdown, escaped, PAGE_BREAK),
}


class DocumentText:
    """content: the text. length: how the client counts in it."""

    def __init__(
        self, pages: Sequence[Page], kind: ContentFormat, length: Callable[[str], int]
    ) -> None:
        self.kind = kind
        self.length = length
        self.content = ""
        self.windows = [self._append(kind.write(page)) for page in pages]
        self.window: Window = (0, 0)
        self.cursor = 0
        self._counted = (0, 0)

    def _append(self, text: str) -> Window:
        if text and self.content:
            self.content += self.kind.separator
        start = len(self.content)
        self.content += text
        return start, len(self.content)

    def open_page(self, index: int) -> None:
        """Limits the search for the next words to that page."""
        self.window = self.windows[index]
        self.cursor = self.window[0]

    def find(self, word: str) -> Window:
        """The position of the next word; an empty window where the format leaves it out.

        Words come in reading order, but the cells of a table may have another order.
        """
        spelling = self.kind.spell(word)
        start = self.content.find(spelling, self.cursor, self.window[1])
        if start < 0:
            start = self.content.find(spelling, *self.window)
            return (start, start + len(spelling)) if start >= 0 else (self.cursor, self.cursor)
        self.cursor = start + len(spelling)
        return start, self.cursor

    def span(self, window: Window) -> dict[str, int]:
        start, end = window
        return {"offset": self._count(start), "length": self.length(self.content[start:end])}

    def _count(self, at: int) -> int:
        """Counts from the last position on, so that no text is counted again for every word."""
        known, counted = self._counted if at >= self._counted[0] else (0, 0)
        self._counted = at, counted + self.length(self.content[known:at])
        return self._counted[1]


def around(windows: Sequence[Window]) -> Window:
    """From the first beginning to the last end; (0, 0) for none."""
    found = [window for window in windows if window[0] < window[1]] or list(windows[:1])
    if not found:
        return 0, 0
    return min(start for start, _ in found), max(end for _, end in found)
