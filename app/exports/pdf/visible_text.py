"""Visible text of an uploaded PDF's pages, which needs no second text layer."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace

from app.exports.base import Part
from app.ocr.errors import OcrError
from app.ocr.images import PDF
from app.ocr.result import Bbox, Block, Line, Page, Word
from app.ocr.source import NO_LIMITS
from app.ocr.source.pdf.document import PdfSource
from app.ocr.source.pdf.turn import Turn
from app.ocr.source.text_layer import TextLayer

# Overlap, as a share of the smaller box, from which two words are on the same ink.
SAME_PLACE = 0.5


class VisibleText:
    """Text that PDFium sees in a part; none if it is no PDF or PDFium cannot read it."""

    def __init__(self, part: Part, opened: ExitStack) -> None:
        self.source: PdfSource | None = None
        if part.media_type == PDF and part.source is not None:
            try:
                self.source = opened.enter_context(PdfSource(part.source, NO_LIMITS, part.password))
            except OcrError:
                return

    def hidden(self, number: int) -> list[bool] | None:
        """For each text operator of the page, whether its text is invisible; None if unknown."""
        if self.source is None:
            return None
        try:
            return self.source.hidden_text(number)
        except OcrError:
            return None

    def missing(self, page: Page) -> Page:
        """The page reduced to words that the PDF page does not show as text."""
        if page.source == "pdf_text":
            return _with_words(page, lambda word: word.source == "image")
        layer = self._layer(page.number)
        if layer is None or not layer.elements.pieces:
            return page
        own = _words_on(page, layer)
        return _with_words(page, lambda word: not any(_says(each, word) for each in own))

    def _layer(self, number: int) -> TextLayer | None:
        try:
            return self.source.text_layer(number) if self.source else None
        except OcrError:
            return None


def _words_on(page: Page, layer: TextLayer) -> list[Word]:
    """The layer's words in pixels of the page, which may be rotated differently."""
    back = Turn(layer.rotation, *_stored_size(layer)).back()
    turn = Turn(page.rotation, *_stored_size(layer))
    width, height = turn.size
    across, down = page.width / width, page.height / height

    def placed(word: Word) -> Word:
        left, top, right, bottom = turn.bbox(back.bbox(word.bbox))
        box = Bbox(*map(round, (left * across, top * down, right * across, bottom * down)))
        return replace(word, bbox=box)

    return [placed(word) for piece in layer.elements.pieces for word in piece.words]


def _stored_size(layer: TextLayer) -> tuple[int, int]:
    size = layer.elements.width, layer.elements.height
    return size[::-1] if layer.rotation % 180 else size


def _with_words(page: Page, wanted: Callable[[Word], bool]) -> Page:
    """The page reduced to lines of the wanted words, which is all that a text layer needs."""
    lines = (
        Line(words, line.direction)
        for line in page.lines
        if (words := tuple(word for word in line.words if wanted(word)))
    )
    return replace(page, blocks=(Block(tuple(lines)),))


def _says(own: Word, word: Word) -> bool:
    """Whether the page's own word contains the word's letters in the same place."""
    if _common(own.bbox, word.bbox) < SAME_PLACE:
        return False
    return _folded(word.text) in _folded(own.text)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(each for each in plain if each.isalnum()) or plain


def _common(one: Bbox, other: Bbox) -> float:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min(one.width * one.height, other.width * other.height)
    return width * height / smaller if width > 0 and height > 0 and smaller else 0.0
