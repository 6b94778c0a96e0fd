"""All tables of a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.ocr.layout.elements import PageElements, Piece
from app.ocr.result import Bbox, Cell

from .filling import Filled, cells_of, fill
from .frame import Frame, frame_of
from .headers import header_fields
from .ruled.boxed_labels import boxed_labels
from .ruled.drawings import drawing_areas, framed, is_within, shows_picture
from .ruled.fills import bands_of_grids, unmarked
from .ruled.heads import with_heads
from .ruled.judge import is_drawing, is_ruled_table
from .ruled.lattice import frames, lattices
from .ruled.refine import refined
from .ruled.ruling import Ruling, edges_of, ruling_of
from .ruled.staves import staves, with_lyrics, without_staves
from .tokens import (
    Token,
    from_top_to_bottom,
    tokens_of,
    typical_height,
    with_zones,
    within_heights,
)
from .totals import with_totals
from .unruled.banded import banded_regions
from .unruled.judge import is_stream_table
from .unruled.lines import text_lines
from .unruled.listings import is_code
from .unruled.regions import Region, open_regions
from .unruled.stream import stream_grid

# Fills as bright as this cannot be seen.
WHITE = 250
# In heights of a line: higher words are turned or not words at all.
HIGHEST = 3.0
# Pages with more words outside ruled tables are searched for ruled tables only.
MOST_WORDS = 8000


@dataclass(frozen=True, slots=True)
class FoundTable:
    """pieces: the text that the table uses; of a piece that extends beyond it, only its words."""

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
        for table in _tables_at(
            elements, pieces, frame_of(pieces, elements.width, elements.height, angle)
        )
    ]
    return tuple(sorted(found, key=lambda table: (table.bbox.top, table.bbox.left)))


def _tables_at(
    elements: PageElements, pieces: Sequence[Piece], frame: Frame
) -> Iterator[FoundTable]:
    boxes = [[frame.upright(word.bbox) for word in piece.words] for piece in pieces]
    tokens = tokens_of(pieces, boxes)
    unit = typical_height(tokens)
    rules = [frame.upright(rule.bbox) for rule in elements.rules]
    fills = [frame.upright(fill.bbox) for fill in elements.fills if fill.gray < WHITE]
    pictures = [frame.upright(picture) for picture in elements.pictures]
    ruling = ruling_of(rules, unit)
    fills = unmarked(fills, tokens, unit)
    bands = list(bands_of_grids(fills, ruling, unit))
    ruling = ruling_of([*rules, *bands], unit) if bands else ruling
    tokens = [token for token in tokens if token.box.height <= HIGHEST * unit]
    page = _Upright(pieces, tokens, unit, frame)
    music = staves(ruling, unit)
    ruling = without_staves(ruling, music)
    page.leave_out(boxed_labels(rules, page.free, unit) + with_lyrics(music, unit))
    yield from page.ruled(ruling, least_rows=2)
    grounds = fills + frames(ruling, unit)
    drawn = drawing_areas(fills, pictures, page.undrawn(tokens), unit, frame.bbox)
    page.leave_out(drawn + framed(drawn, grounds))
    edges = [edge for fill in fills for edge in edges_of(fill)]
    if edges:
        ruling = without_staves(ruling_of(rules + edges, unit), music)
        yield from page.ruled(ruling, least_rows=3)
    yield from page.unruled(ruling, pictures)


class _Upright:
    """The text of a page in one direction, from which tables are taken one by one."""

    def __init__(
        self, pieces: Sequence[Piece], tokens: Sequence[Token], unit: float, frame: Frame
    ) -> None:
        self.pieces, self.unit, self.frame = pieces, unit, frame
        self.free = from_top_to_bottom(tokens)
        self.drawn: list[Token] = []
        self.taken: set[tuple[int, int]] = set()

    def undrawn(self, tokens: Sequence[Token]) -> list[Token]:
        return _without(tokens, self.drawn)

    def leave_out(self, areas: Sequence[Bbox]) -> None:
        """Drop words in drawings, except those recognized in a picture, which may show a table."""
        self.free = [
            token
            for token in self.free
            if token.word.source == "image" or not is_within(token, areas)
        ]

    def ruled(self, ruling: Ruling, *, least_rows: int) -> Iterator[FoundTable]:
        for grid in lattices(ruling, self.free, self.unit):
            inside = within_heights(self.free, grid.ys[0], grid.ys[-1])
            filled = fill(refined(grid, inside, self.unit), inside)
            if is_drawing(filled):
                self.drawn += filled.all_tokens
                self._take(filled)
            elif (
                filled.grid.rows >= least_rows
                and is_ruled_table(filled, grid.drawn_share)
                and not (grid.columns == 1 and is_code(text_lines(filled.all_tokens)))
            ):
                with_rows, heading = with_heads(filled, self.free, self.unit)
                filled = fill(with_rows, self.free) if heading else filled
                with_sums = with_totals(filled, self.free, self.unit)
                filled = fill(with_sums, self.free) if with_sums is not filled.grid else filled
                yield self._found(filled, heading, ruled=True)

    def unruled(self, ruling: Ruling, pictures: Sequence[Bbox]) -> Iterator[FoundTable]:
        if len(self.free) > MOST_WORDS:
            return
        self.free = with_zones(self.free, ruling.vertical)
        for regions in (banded_regions, open_regions):
            for region in regions(self.free, ruling, self.unit):
                if self._is_taken(region) or shows_picture(region.bbox, pictures, self.unit):
                    continue
                stream = stream_grid(region.lines, region.rules, self.unit)
                filled = fill(stream.grid, [t for line in region.lines for t in line.tokens])
                if is_stream_table(stream, filled, self.unit, ruled=region.ruled):
                    yield self._found(filled, stream.heading, ruled=False)

    def _is_taken(self, region: Region) -> bool:
        return any((t.piece, t.index) in self.taken for line in region.lines for t in line.tokens)

    def _found(self, filled: Filled, heading: int, *, ruled: bool) -> FoundTable:
        headers = header_fields(filled, heading)
        cells = cells_of(filled, headers, self.frame, ruled=ruled)
        self._take(filled)
        bbox = Bbox.around(cell.bbox for cell in cells)
        return FoundTable(bbox, cells, _consumed(filled.all_tokens, self.pieces))

    def _take(self, filled: Filled) -> None:
        self.taken |= {(token.piece, token.index) for token in filled.all_tokens}
        self.free = _without(self.free, filled.all_tokens)


def _without(tokens: Sequence[Token], taken: Sequence[Token]) -> list[Token]:
    used = {(token.piece, token.index) for token in taken}
    return [token for token in tokens if (token.piece, token.index) not in used]


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
