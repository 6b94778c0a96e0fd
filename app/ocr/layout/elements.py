"""Positioned elements of one page, the input of layout, whatever their source.

All coordinates are pixels of the upright page, origin top-left.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.ocr.result import Bbox, Word


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring words on one baseline, as their source gave them; never empty.

    A piece may cross a column gutter: layout cuts it there. direction: "ltr",
    "rtl" or "ttb"; words are in logical order. angle: degrees clockwise of the baseline, 0, 90,
    180 or 270 for text that runs across, down, upside down or up. font_size: pixels, where the
    source knows it. bold, italic, monospaced: None where the source does not know.
    """

    words: tuple[Word, ...]
    direction: str = "ltr"
    angle: float = 0.0
    font_size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    monospaced: bool | None = None

    @property
    def bbox(self) -> Bbox:
        return Bbox.around(word.bbox for word in self.words)


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, horizontal or vertical; a thin rectangle counts as one.

    bbox: of its ink, so the shorter side is its thickness.
    """

    bbox: Bbox

    @property
    def is_horizontal(self) -> bool:
        return self.bbox.width >= self.bbox.height


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled area, such as the coloured band of a table row. gray: 0 (black) to 255 (white)."""

    bbox: Bbox
    gray: int


@dataclass(frozen=True, slots=True)
class PageElements:
    """Everything on one page. pictures: areas that show photos, drawings or logos."""

    width: int
    height: int
    pieces: tuple[Piece, ...]
    rules: tuple[Rule, ...] = ()
    fills: tuple[Fill, ...] = ()
    pictures: tuple[Bbox, ...] = ()
