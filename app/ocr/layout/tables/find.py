"""All tables of a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.ocr.layout.elements import PageElements, Piece
from app.ocr.result import Bbox, Cell

from .filling import Filled, cells_of, fill
from .frame import Frame
from .lattice import lattices
from .judge import is_drawing, is_ruled_table, is_stream_table
from .refine import refined
from .regions import banded_regions, open_regions
from .ruling import ruling_of
from .stream import stream_grid
from .tokens import Token, tokens_of, typical_height


@dataclass(frozen=True, slots=True)
class FoundTable:
    """pieces: what the table consumes; of a piece that reaches beyond it, only its words."""

    bbox: Bbox
    cells: tuple[Cell, ...]
    pieces: tuple[Piece, ...]


def find_tables(elements: PageElements) -> tuple[FoundTable, ...]:
    """Tables from top to bottom, each of at least two rows or columns; they do not overlap."""
    by_angle: dict[int, list[Piece]] = defaultdict(list)
    for piece in elements.pieces:
        by_angle[round(piece.angle / 90) * 90 % 360].append(piece)
    found = [
        table
        for angle, pieces in by_angle.items()
        for table in _tables_at(elements, pieces, Frame(elements.width, elements.height, angle))
    ]
    return tuple(sorted(found, key=lambda table: (table.bbox.top, table.bbox.left)))


def _tables_at(
    elements: PageElements, pieces: Sequence[Piece], frame: Frame
) -> Iterator[FoundTable]:
    boxes = [[frame.upright(word.bbox) for word in piece.words] for piece in pieces]
    tokens = tokens_of(pieces, boxes)
    unit = typical_height(tokens)
    ruling = ruling_of((frame.upright(rule.bbox) for rule in elements.rules), unit)
    free = list(tokens)
    for grid in lattices(ruling, tokens, unit):
        filled = fill(refined(grid, free, ruling.horizontal, unit), free)
        if is_drawing(filled):
            free = _without(free, filled.all_tokens)
        elif is_ruled_table(filled):
            yield _found(filled, pieces, unit, frame, ruled=True)
            free = _without(free, filled.all_tokens)
    for regions in (banded_regions, open_regions):
        for region in regions(free, ruling.horizontal, unit):
            stream = stream_grid(region.lines, region.rules, unit)
            if is_stream_table(stream, unit, ruled=region.ruled):
                filled = fill(stream.grid, [t for line in region.lines for t in line.tokens])
                yield _found(filled, pieces, unit, frame, ruled=False)
                free = _without(free, filled.all_tokens)


def _without(tokens: Sequence[Token], taken: Sequence[Token]) -> list[Token]:
    used = {(token.piece, token.index) for token in taken}
    return [token for token in tokens if (token.piece, token.index) not in used]


def _found(
    filled: Filled, pieces: Sequence[Piece], unit: float, frame: Frame, *, ruled: bool
) -> FoundTable:
    cells = cells_of(filled, set(), unit, frame, ruled=ruled)
    consumed = _consumed(filled.all_tokens, pieces)
    bbox = Bbox.around(cell.bbox for cell in cells)
    return FoundTable(bbox, cells, consumed)


def _consumed(tokens: Sequence[Token], pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    taken: dict[int, set[int]] = defaultdict(set)
    for token in tokens:
        taken[token.piece].add(token.index)
    return tuple(
        replace(
            pieces[number],
            words=tuple(w for i, w in enumerate(pieces[number].words) if i in indexes),
        )
        for number, indexes in sorted(taken.items())
    )
