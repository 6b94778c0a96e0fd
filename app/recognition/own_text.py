"""PDF pages by their own text, as far as it matches the page's picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from app.ocr.layout.elements import Piece
from app.ocr.options import Options
from app.ocr.remarks import LOST_TEXT, joined
from app.ocr.result import Bbox, Page
from app.ocr.source import PageImage, Source
from app.ocr.source.base import Pixels
from app.ocr.source.text_layer import TextLayer

from .layer_check import ReadLine, wrong_fonts, wrong_odd_fonts
from .mixed_page import (
    flaw_of,
    is_text_lost,
    page_of_pieces,
    pieces_of_areas,
    words_left,
)

ReadImage = Callable[[PageImage, Options], Page]


class OwnText:
    """read_line: for a few lines where the text is in doubt; read: for pictures on the page."""

    def __init__(self, read_line: ReadLine, read: ReadImage) -> None:
        self.read_line = read_line
        self.read = read

    def page(self, source: Source, number: int, options: Options) -> tuple[Page | None, str]:
        """The page, or None and why its own text is not used ("" if absent or by the options).

        A text layer cannot serve options that name regions or a rotation.
        """
        if options.pdf_text == "ignore" or options.region or options.ignore or options.rotate:
            return None, ""
        layer = source.text_layer(number)
        if layer is None or layer.flaw:
            return None, layer.flaw if layer else ""
        checked = self._checked(source, number, layer)
        if flaw := flaw_of(layer, checked):
            return None, flaw
        found = self._in_pictures(source, number, checked, options)
        page = page_of_pieces(checked, found, words_left(checked, found))
        if is_text_lost(layer, checked, found):
            page = replace(page, reason=joined(page.reason, LOST_TEXT))
        return replace(page, number=number), ""

    def _checked(self, source: Source, number: int, layer: TextLayer) -> TextLayer:
        """The layer without text in fonts whose letters differ from those that they draw."""

        def cut(box: Bbox) -> Pixels:
            return source.part(number, box, layer.rotation)

        right = layer.without_fonts(wrong_fonts(layer, cut, self.read_line))
        return right.without_odd_lines(wrong_odd_fonts(right, cut, self.read_line))

    def _in_pictures(
        self, source: Source, number: int, layer: TextLayer, options: Options
    ) -> list[Piece]:
        if not layer.unread or options.pdf_text == "only":
            return []
        upright = replace(options, rotate=0)
        read = partial(self._read_part, dpi=layer.dpi, options=upright)
        return list(pieces_of_areas(layer, source.remainder(number, layer), read))

    def _read_part(self, pixels: Pixels, dpi: int, options: Options) -> Page:
        return self.read(PageImage(pixels, dpi), options)
