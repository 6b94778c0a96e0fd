"""PDF pages whose text is partly in the text layer and partly in pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from app.ocr.layout import layout
from app.ocr.layout.elements import Piece
from app.ocr.layout.figures.find import find_figures
from app.ocr.prepare.geometry import Transform
from app.ocr.result import Bbox, Line, Page
from app.ocr.source.base import Pixels
from app.ocr.source.text_layer import TextLayer, characters

# With a larger share of letters in wrong fonts the page is read as a picture.
MAX_WRONG = 0.5
# Of a scan with a stamped number: least ratio of the picture's area to the text's, and least share
# of the page.
PICTURE_RATIO = 8
PICTURE_SHARE = 0.25
# Below this confidence, or in single letters, a reading of a drawing or photo is noise.
SURE_LINE = 0.75
LEAST_LETTERS = 2
# A word that shares more of its area than this with a word of the layer is the same word.
SAME_PLACE = 0.4
# White around an area, in pixels: detectors miss letters at the edge of a picture.
EDGE = 12

WRONG_LETTERS = "the page's own text is not what it shows"
MOSTLY_PICTURE = "most of the page is a picture"
ReadPart = Callable[[Pixels], Page]


def flaw_of(layer: TextLayer, checked: TextLayer) -> str:
    """Why the page has to be read as a picture, or "". checked: the layer without wrong fonts."""
    if characters(checked.elements.pieces) < MAX_WRONG * characters(layer.elements.pieces):
        return WRONG_LETTERS
    page = layer.elements.width * layer.elements.height
    is_scan = layer.unread_area > max(PICTURE_RATIO * layer.read_area, PICTURE_SHARE * page)
    return MOSTLY_PICTURE if is_scan else ""


def pieces_of_areas(layer: TextLayer, remainder: Pixels, read: ReadPart) -> Iterator[Piece]:
    """Text in the layer's unread areas, read all at once: a single reading finds the language more
    reliably than many, and costs less. remainder: the page without the layer."""
    height, width = remainder.shape[:2]
    areas = [_grown(area, width, height) for area in layer.unread]
    whole = Bbox.around(areas)
    page = read(_only(remainder, areas)[whole.top : whole.bottom, whole.left : whole.right])
    on_page = Transform().moved(whole.left, whole.top).map_page(page, width, height)
    for line in on_page.lines:
        if piece := _piece(line, layer.elements.pieces):
            yield piece


def words_left(layer: TextLayer, found: Sequence[Piece]) -> list[Piece]:
    """Incomplete words of the layer in whose place no text was found."""
    boxes = [word.bbox for piece in found for word in piece.words]
    return [
        piece
        for piece in layer.partial
        if not any(_common(piece.bbox, box) > SAME_PLACE for box in boxes)
    ]


def is_text_lost(layer: TextLayer, checked: TextLayer, found: Sequence[Piece]) -> bool:
    """Whether text in wrong fonts was not read in the picture either."""
    kept = {id(piece) for piece in checked.elements.pieces}
    gone = [piece.bbox for piece in layer.elements.pieces if id(piece) not in kept]
    return any(not any(_meet(box, piece.bbox) for piece in found) for box in gone)


def _only(pixels: Pixels, areas: Iterable[Bbox]) -> Pixels:
    """The areas on white."""
    sheet = np.full_like(pixels, 255)
    for left, top, right, bottom in areas:
        sheet[top:bottom, left:right] = pixels[top:bottom, left:right]
    return sheet


def page_of_pieces(layer: TextLayer, found: Sequence[Piece], left: Sequence[Piece] = ()) -> Page:
    """One layout for the pieces of the layer, those found in pictures and the words left."""
    elements = replace(layer.elements, pieces=(*layer.elements.pieces, *found, *left))
    blocks = layout(elements)
    return Page(
        1,
        elements.width,
        elements.height,
        blocks,
        layer.rotation,
        dpi=layer.dpi,
        engine="pdf_text",
        reason=_reason(found),
        source="pdf_text",
        figures=find_figures(elements, blocks),
    )


def _reason(found: Sequence[Piece]) -> str:
    own = "the page's own text is sound"
    return f"{own}; text in pictures on it was recognized" if found else own


def _piece(line: Line, own: Iterable[Piece]) -> Piece | None:
    """None for noise, and for text that the layer has already."""
    longest = max(sum(map(str.isalnum, word.text)) for word in line.words)
    if longest < LEAST_LETTERS or line.confidence < SURE_LINE:
        return None
    boxes = [word.bbox for piece in own if _meet(piece.bbox, line.bbox) for word in piece.words]
    words = tuple(
        replace(word, source="image")
        for word in line.words
        if not any(_common(word.bbox, box) > SAME_PLACE for box in boxes)
    )
    return Piece(words, line.direction) if words else None


def _grown(box: Bbox, width: int, height: int) -> Bbox:
    return Bbox(
        max(0, box.left - EDGE),
        max(0, box.top - EDGE),
        min(width, box.right + EDGE),
        min(height, box.bottom + EDGE),
    )


def _meet(one: Bbox, other: Bbox) -> bool:
    return _common(one, other) > 0


def _common(one: Bbox, other: Bbox) -> float:
    """Share of the smaller box that lies in the other."""
    smaller = min(one.width * one.height, other.width * other.height)
    return one.common_area(other) / smaller if smaller else 0.0
