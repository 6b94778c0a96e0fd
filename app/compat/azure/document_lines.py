"""Lines, words and selection marks of one Document Intelligence page, written to its text."""

from __future__ import annotations

from collections.abc import Sequence

from app.compat.shared.geometry import Sheet
from app.compat.shared.selection_marks import selected
from app.ocr.result import Block, Line, Word

from .document_format import PlainText
from .document_text import TextWriter, Window, span
from .view import Json, polygon


class LineWriter:
    """Writes lines. marks: separate selection marks from words, as the layout model does."""

    def __init__(self, text: TextWriter, kind: PlainText, sheet: Sheet, *, marks: bool) -> None:
        self.text = text
        self.kind = kind
        self.sheet = sheet
        self.marks = marks
        self.words: list[Json] = []
        self.lines: list[Json] = []
        self.selection_marks: list[Json] = []
        self.handwritten: list[Json] = []  # spans

    def write(self, lines: Sequence[Line], block: Block) -> list[Window]:
        """Writes the lines; returns the places of all their words and marks."""
        windows: list[Window] = []
        for number, line in enumerate(lines):
            if number:
                self.text.separate(self.kind.line_end(block))
            windows += self._line(line, block)
        return windows

    def content(self, lines: Sequence[Line]) -> str:
        """The lines joined into one paragraph, with marks written as in the text."""
        return " ".join(
            "".join(self._shown(word) + " " * word.space_after for word in line.words).rstrip()
            for line in lines
        )

    def _line(self, line: Line, block: Block) -> list[Window]:
        windows = []
        words: list[Word] = []
        places: list[Window] = []
        for number, word in enumerate(line.words):
            if number and line.words[number - 1].space_after:
                self.text.separate(" ")
            state = selected(word) if self.marks else None
            if state is None:
                shown = self.kind.word(word.text, block, first=not number)
                place = self.text.write(shown)
                words.append(word)
                places.append(place)
                self.words.append(self._word(word, place))
            else:
                place = self.text.write(self.kind.marks[state])
                self.selection_marks.append(self._mark(word, place, state))
            windows.append(place)
        if any(word.handwritten for word in words):
            self.handwritten.append(span(places))
        if words:
            self.lines.append(self._line_of(Line(tuple(words), line.direction), places))
        return windows

    def _shown(self, word: Word) -> str:
        state = selected(word) if self.marks else None
        return word.text if state is None else self.kind.marks[state]

    def _word(self, word: Word, place: Window) -> Json:
        return {
            "content": word.text,
            "polygon": polygon(self.sheet, word.bbox),
            "confidence": round(word.confidence, 3),
            "span": span([place]),
        }

    def _mark(self, word: Word, place: Window, state: bool) -> Json:
        mark = {**self._word(word, place), "state": "selected" if state else "unselected"}
        del mark["content"]
        return mark

    def _line_of(self, line: Line, places: list[Window]) -> Json:
        return {
            "content": line.text,
            "polygon": polygon(self.sheet, line.bbox),
            "spans": [span(places)],
        }
