"""Items of one reading frame in order, as drafts of blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.ocr.layout.context import Context
from app.ocr.layout.continuation import join, joined, runs_around
from app.ocr.layout.draft import Draft
from app.ocr.layout.kinds.code import code_stretches
from app.ocr.layout.kinds.lists import goes_on_in_item
from app.ocr.layout.paragraphs import drafts_of
from app.ocr.layout.rows import Row
from app.ocr.result import Bbox, Block

from .areas import held, holds, outermost
from .fragments import Fragment, Group
from .gutters import Items
from .order import Run, runs_of
from .rules import Rules


@dataclass(frozen=True, slots=True)
class Placed:
    """A finished block at its place. box: in the frame."""

    block: Block
    box: Bbox


Part = Draft | Placed


def parts_of(
    fragments: Sequence[Fragment],
    placed: Sequence[Placed],
    areas: Sequence[Bbox],
    pictures: Sequence[Bbox],
    context: Context,
) -> list[Part]:
    """Every part of a region once, in reading order. areas: read separately."""
    contents: list[list[Part]] = []
    items: Items = []
    for area in _parting_areas(areas, fragments, placed):
        inside = [each for each in fragments if holds(area, each.box)]
        blocks = [each for each in placed if holds(area, each.box)]
        inner = [other for other in areas if other != area and holds(area, other)]
        shown = [picture for picture in pictures if picture != area and holds(area, picture)]
        items.append(Group(area, len(contents)))
        contents.append(parts_of(inside, blocks, inner, shown, context))
        gone = {id(each) for each in (*inside, *blocks)}
        fragments = [each for each in fragments if id(each) not in gone]
        placed = [each for each in placed if id(each) not in gone]
        pictures = [picture for picture in pictures if not holds(area, picture)]
    for each in placed:
        items.append(Group(each.box, len(contents)))
        contents.append([each])
    items += [Group(picture) for picture in pictures]
    return _in_order([*items, *fragments], contents, context)


def _parting_areas(
    areas: Sequence[Bbox], fragments: Sequence[Fragment], placed: Sequence[Placed]
) -> list[Bbox]:
    """Outermost areas with text both inside and outside them; not a frame around everything."""
    everything = [each.box for each in fragments] + [each.box for each in placed]
    counts = held(areas, everything).sum(axis=1).tolist()
    return outermost(
        [area for area, inside in zip(areas, counts, strict=True) if 0 < inside < len(everything)]
    )


def _in_order(items: Items, contents: list[list[Part]], context: Context) -> list[Part]:
    separators = [Group(line) for line in context.lines if _separates(line, items, context)]
    runs = list(runs_of([*items, *separators], Rules(context.parting, context.lines)))
    parts: list[Part] = []
    pending: list[Draft] = []
    beside: list[Part] = []
    for run in runs:
        if isinstance(run, Group):
            beside += [] if run.key is None else contents[run.key]
            continue
        drafts = drafts_of_run(run, context)
        if beside and pending and drafts and runs_around(pending[-1], drafts[0], context.leading):
            join(pending[-1], drafts.pop(0))
        if beside:
            parts += [*joined(pending), *beside]
            pending, beside = [], []
        pending += drafts
    return [*parts, *joined(pending), *beside]


def _separates(line: Bbox, items: Items, context: Context) -> bool:
    """Whether the line runs across the region, with items above and below but none beside it."""
    if line.width < 0.3 * context.width or not items:
        return False
    above = any(item.box.bottom <= line.top + 2 for item in items)
    below = any(item.box.top >= line.bottom - 2 for item in items)
    crossed = any(
        item.box.top < line.top
        and item.box.bottom > line.bottom + 1
        and item.box.left < line.right
        and line.left < item.box.right
        for item in items
    )
    return above and below and not crossed


def drafts_of_run(run: Run, context: Context) -> list[Draft]:
    """Finds code first, since white space does not structure it; then paragraphs in the rest."""
    drafts: list[Draft] = []
    start = 0
    for code_start, code_end in code_stretches(run.rows, context.mono_body):
        if goes_on_in_item(run.rows, code_start, code_end):
            continue
        drafts += _prose(run.rows[start:code_start], run.box, context)
        drafts.append(Draft(run.rows[code_start:code_end], run.box, "code"))
        start = code_end
    return drafts + _prose(run.rows[start:], run.box, context)


def _prose(rows: list[Row], box: Bbox, context: Context) -> list[Draft]:
    return drafts_of(Run(rows, box), context)
