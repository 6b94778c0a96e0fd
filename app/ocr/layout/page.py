"""Layout of a page: blocks in reading order from its positioned pieces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from app.ocr.result import Bbox, Block, Line

from .context import Context, body_size, share, usual_leading
from .draft import Draft
from .elements import PageElements, Piece
from .kinds.captions import mark_captions
from .kinds.footnotes import with_footnotes
from .kinds.furniture import is_page_number, split_furniture
from .kinds.headings import mark_headings
from .kinds.line_numbers import line_numbers
from .kinds.margin import is_in_margin
from .reading_order.areas import (
    covers,
    drawn_boxes,
    held,
    holds,
    is_background,
    is_clean,
    large_fills,
)
from .reading_order.fragments import Fragment, fragments_of, usual_size
from .reading_order.frames import ACROSS, Frame, by_way
from .reading_order.prose_check import is_prose
from .reading_order.region import Part, Placed, parts_of
from .reading_order.rules import parting_rules
from .reading_order.short_blocks import holds_address
from .rows import Row
from .symbols.symbol_fonts import spelled
from .tables import FoundTable, find_tables

# Shares of the characters that make a whole page bold or monospaced.
BOLD_SHARE, KNOWN_SHARE = 0.5, 0.7
# Where less text than this is outside the tables, they show the page's usual type. Regular text up
# to this many times as large is text, not headings. A page with less text is a poster or a form,
# without footnotes.
FEW_CHARACTERS, TEXT_BESIDE_TABLES = 200, 1.3


def layout(elements: PageElements) -> tuple[Block, ...]:
    """Blocks in reading order, with every piece once."""
    pieces = tuple(map(_spelled, elements.pieces))
    elements = replace(elements, pieces=pieces)
    tables = [
        table
        for table in find_tables(elements)
        if not (is_prose(table) or holds_address(table, pieces))
    ]
    if tables:
        elements = replace(elements, pieces=_outside(tables, pieces))
    return _blocks(elements, tables)


def _spelled(piece: Piece) -> Piece:
    words = spelled(piece.words)
    return piece if words is piece.words else replace(piece, words=words)


def _outside(tables: Sequence[FoundTable], pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces without the words that are in tables."""
    taken = {id(word) for table in tables for piece in table.pieces for word in piece.words}
    left = (
        replace(piece, words=tuple(word for word in piece.words if id(word) not in taken))
        for piece in pieces
    )
    return tuple(piece for piece in left if piece.words)


def unordered_blocks(lines: Iterable[Line]) -> tuple[Block, ...]:
    """One block for each line, for engines that find lines; layout orders them on the page."""
    return tuple(Block((line,)) for line in lines if line.words)


def _blocks(elements: PageElements, tables: Sequence[FoundTable]) -> tuple[Block, ...]:
    ways = by_way(elements)
    main, *others = ways
    frame = Frame(main, elements.width, elements.height)
    context, fragments = _measured(ways[main], elements, frame, tables)
    placed = [Placed(Block.table(table.cells), frame.box(table.bbox)) for table in tables]
    margin: list[Block] = []
    for way in others:
        for block in _turned_blocks(way, ways[way], elements):
            box = frame.box(block.bbox)
            if way == ACROSS and is_page_number(block.text):
                margin.append(Block(block.lines, "page_number"))
            elif is_in_margin(box, fragments, context):
                margin.append(Block(block.lines, "margin"))
            else:
                placed.append(Placed(block, box))
    return (*_main_blocks(fragments, placed, elements, frame, context), *margin)


def _measured(
    pieces: Sequence[Piece], elements: PageElements, frame: Frame, tables: Sequence[FoundTable]
) -> tuple[Context, list[Fragment]]:
    boxes = [rule.bbox for rule in elements.rules]
    outside = ~held([table.bbox for table in tables], boxes).any(axis=0)
    drawn = [frame.box(boxes[number]) for number in np.flatnonzero(outside).tolist()]
    texts = [frame.box(piece.bbox) for piece in pieces]
    rules = parting_rules(drawn, texts, usual_size(pieces, frame))
    parting = [rule for rule in rules if rule.height > rule.width]
    fragments = fragments_of(pieces, frame, parting)
    width, height = frame.size
    typical, body = _usual_type(fragments, tables, frame)
    mono = [each for each in typical if each.monospaced]
    context = Context(
        width,
        height,
        body,
        share(typical, [each for each in typical if each.bold]) > BOLD_SHARE,
        usual_leading(fragments),
        all(piece.font_size for piece in pieces),
        share(typical, mono) > KNOWN_SHARE,
        parting,
        [rule for rule in rules if rule.width >= rule.height],
        _pictures(elements, frame, fragments),
    )
    return context, fragments


def _usual_type(
    fragments: Sequence[Fragment], tables: Sequence[FoundTable], frame: Frame
) -> tuple[Sequence[Fragment], float]:
    """The fragments that show the page's usual type, and its size."""
    if not tables or sum(each.characters for each in fragments) >= FEW_CHARACTERS:
        return fragments, body_size(fragments)
    inside = fragments_of((piece for table in tables for piece in table.pieces), frame)
    least = body_size(inside)
    near = [
        each
        for each in fragments
        if not each.bold and least <= each.size <= TEXT_BESIDE_TABLES * least
    ]
    return [*fragments, *inside], body_size(near or inside)


def _pictures(elements: PageElements, frame: Frame, fragments: Sequence[Fragment]) -> list[Bbox]:
    """Pictures that are neither behind the page's text, like a scan under its layer, nor text
    themselves, as large letters or dense print may be."""
    page = Bbox(0, 0, *frame.size)
    texts = [fragment.box for fragment in fragments]
    return [
        box
        for box in map(frame.box, elements.pictures)
        if not is_background(box, page)
        and 2 * sum(holds(box, text) for text in texts) <= len(texts)
        and is_clean(box, texts)
        and not any(covers(text, box) for text in texts)
    ]


def _turned_blocks(way: str, pieces: list[Piece], elements: PageElements) -> list[Block]:
    """Blocks of the pieces that run in another direction than the page."""
    frame = Frame(way, elements.width, elements.height)
    context, fragments = _measured(pieces, PageElements(*_size(elements), ()), frame, ())
    parts = parts_of(fragments, (), (), (), context)
    return [_block(part) for part in parts]


def _size(elements: PageElements) -> tuple[int, int]:
    return elements.width, elements.height


def _main_blocks(
    fragments: list[Fragment],
    placed: list[Placed],
    elements: PageElements,
    frame: Frame,
    context: Context,
) -> list[Block]:
    page = Bbox(0, 0, *frame.size)
    numbers = line_numbers(fragments, context)
    gone = {id(each) for column in numbers for each in column}
    fragments = [each for each in fragments if id(each) not in gone]
    tables = [(each.box, len(each.block.text)) for each in placed if each.block.cells]
    furniture = split_furniture(fragments, context, tables)
    rules = [*context.parting, *context.lines]
    fills = ((frame.box(fill.bbox), fill.gray) for fill in elements.fills)
    texts = [fragment.box for fragment in fragments]
    tinted = large_fills(fills, page, context.body)
    areas = [
        *drawn_boxes(rules, context.body),
        *(area for area in tinted if is_clean(area, texts)),
        *context.pictures,
    ]
    parts = parts_of(furniture.rest, placed, areas, context.pictures, context)
    parts = _with_kinds(parts, context)
    return [
        *_furniture_blocks(furniture.before),
        *(_block(part) for part in parts),
        *_furniture_blocks(furniture.after),
        *map(_margin_block, numbers),
    ]


def _with_kinds(parts: Sequence[Part], context: Context) -> list[Part]:
    tables = [part.box for part in parts if isinstance(part, Placed) and part.block.kind == "table"]
    mark_captions([part for part in parts if isinstance(part, Draft)], context, tables)
    characters = sum(
        part.characters if isinstance(part, Draft) else len(part.block.text) for part in parts
    )
    result: list[Part] = []
    for _, run in groupby(parts, key=lambda part: isinstance(part, Draft)):
        found = list(run)
        drafts = [part for part in found if isinstance(part, Draft)]
        noted = drafts and characters >= FEW_CHARACTERS
        result += with_footnotes(drafts, context) if noted else found
    mark_headings([part for part in result if isinstance(part, Draft)], context, tables)
    return result


def _furniture_blocks(rows: Sequence[tuple[Row, str]]) -> list[Block]:
    return [Block((row.line,), kind) for row, kind in rows]


def _margin_block(column: Sequence[Fragment]) -> Block:
    return Block(tuple(Row((each,)).line for each in column), "margin")


def _block(part: Part) -> Block:
    return part.block if isinstance(part, Placed) else part.block()
