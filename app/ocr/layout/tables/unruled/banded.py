"""Regions between horizontal rules with the same ends, which may be tables."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from operator import attrgetter
from statistics import median

from app.ocr.layout.kinds.captions import is_labelled
from app.ocr.layout.tables.ruled.ruling import Ruling, Segment
from app.ocr.layout.tables.tokens import Token
from app.ocr.layout.tables.totals import totals_below

from .column_rules import bridged
from .heading import YEAR
from .last_row import last_row
from .lines import TextLine, text_lines
from .prose import is_running, is_wordy
from .regions import Region, rules_in
from .runs import ROW_GAP, heading_above, run_end

# In heights of a line: least length of a rule (shorter ones underline words), and largest
# difference between the ends of rules of one table.
RULE_LENGTH = 8.0
SAME_END = 1.5
# Only the heading is ruled if at most this many lines are between rules.
HEADING_LINES = 6
# A rule with more white below is the last of its table.
APART = 5.0
# White beside lines without gaps that parts two tables: in heights of a line, and relative to the
# usual white between two rules.
PARTING, PARTING_SHARE = 1.5, 2.0
# A label takes at most this many lines, with the row's other cells beside the last one.
LABEL_OF_ROW = 4
# In heights of a line: higher single texts are titles above a table.
TITLE = 1.4
# Texts begin at a column's edge: within this distance in heights of a line, in at least this many
# lines, and in this share of those with a gap.
EDGE, COLUMN_LINES, COLUMN_SHARE = 0.25, 3, 0.6
# Limit of the long rules of a page; no text has more.
MOST_RULES = 300
_place = attrgetter("piece", "box.left")


def banded_regions(tokens: Sequence[Token], ruling: Ruling, unit: float) -> Iterator[Region]:
    """Regions between the first and the last of a set of rules with the same ends.

    A single rule makes a region if column heads are above it.
    """
    rules = ruling.horizontal
    for group in _bands(bridged(rules, ruling.vertical, tokens, unit), unit):
        if len(group) == 1 and not _may_head(group[0], tokens, unit):
            continue
        left, right = group[0].start - unit, group[0].end + unit
        inside = [t for t in tokens if left <= t.centre <= right]
        lines = text_lines(inside)
        beyond = _reaching_out(tokens, left, right)
        for run in _runs_of_rules(group, lines, beyond, unit):
            top, bottom = run[0].at, run[-1].at
            above = [line for line in lines if line.middle <= top]
            region = [line for line in lines if top < line.middle < bottom]
            below = [line for line in lines if line.middle >= bottom]
            if not region:
                heads = _heads(above, below[:1], top, unit)
                heads = heads if _is_heading(heads) else []
                region = heads and [*heads, *_below(below, heads, bottom, unit)]
            else:
                region = [*heading_above(above, region, top, unit), *region]
                region += _after(below, region, bottom, unit)
            if len(region) > 1:
                yield Region(tuple(region), rules_in(region, rules, unit), len(run) > 1)


def _after(
    below: Sequence[TextLine], region: Sequence[TextLine], bottom: float, unit: float
) -> list[TextLine]:
    """Rows below the last rule: those of a table with ruled heads, or its last one and totals."""
    ends_in_heads = _is_heading(region) or (len(region) > 1 and _is_section(region[-1]))
    rows = _below(below, region, bottom, unit) if ends_in_heads else []
    if rows:
        return rows
    last = last_row(below, region, bottom, unit)
    bottom = last[-1].box.bottom if last else bottom
    numbers = (c for line in [*region, *last] for c in line.chunks if c.is_number)
    return last + totals_below(below[len(last) :], numbers, bottom, unit)


def _may_head(rule: Segment, tokens: Sequence[Token], unit: float) -> bool:
    """Whether at least two words are right above the rule and two right below it."""
    near = [t for t in tokens if rule.start - unit < t.box.left < rule.end]
    above = sum(0 < rule.at - token.middle < 2 * unit for token in near)
    below = sum(0 < token.middle - rule.at < 3 * unit for token in near)
    return above > 1 and below > 1


def _heads(
    above: Sequence[TextLine], first: Sequence[TextLine], top: float, unit: float
) -> list[TextLine]:
    """Column heads above a rule. first: the line below it, which shows the column of labels."""
    many = [at for at, line in enumerate(above) if len(line.chunks) > 1]
    if not many or many[-1] < len(above) - 3:
        return []
    return heading_above(above, [above[many[-1]], *first], top, unit)


def _is_heading(region: Sequence[TextLine]) -> bool:
    """Whether only a heading, without rows of numbers, is between the rules."""
    numbers = sum(
        chunk.is_number and not YEAR.match(chunk.text) for line in region for chunk in line.chunks
    )
    chunks = sum(len(line.chunks) for line in region)
    many = sum(len(line.chunks) > 1 for line in region)
    return 0 < len(region) <= HEADING_LINES and many > 0 and 2 * numbers < chunks


def _bands(rules: Sequence[Segment], unit: float) -> list[list[Segment]]:
    groups: list[list[Segment]] = []
    near = SAME_END * unit
    long = [rule for rule in rules if rule.length >= RULE_LENGTH * unit]
    for rule in long[:MOST_RULES]:
        for group in groups:
            if abs(group[0].start - rule.start) <= near and abs(group[0].end - rule.end) <= near:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return groups


def _reaching_out(tokens: Sequence[Token], left: float, right: float) -> set[int]:
    """Numbers of the pieces whose text continues across one of the sides, as a caption's does."""
    found = set()
    for before, after in pairwise(sorted(tokens, key=_place)):
        if before.piece != after.piece or after.box.left - before.box.right > before.reach:
            continue
        if (left <= before.centre <= right) != (left <= after.centre <= right):
            found.add(before.piece)
    return found


def _runs_of_rules(
    group: Sequence[Segment], lines: Sequence[TextLine], beyond: set[int], unit: float
) -> Iterator[list[Segment]]:
    """Runs of rules with tabular lines between each rule and the next.

    beyond: pieces that do not belong to a table between these rules.
    """
    run = [group[0]]
    inside = [line for line in lines if group[0].at < line.middle < group[-1].at]
    edges = _column_edges(inside, unit)
    held = [_between(band, inside) for band in pairwise(group)]
    white = _usual_white(group, held)
    for (above, below), between in zip(pairwise(group), held, strict=True):
        apart = between and between[0].box.top - above.at > APART * unit
        foreign = any(token.piece in beyond for line in between for token in line.tokens)
        foreign = foreign or any(_is_caption(line) or _is_title(line, unit) for line in between)
        foreign = foreign or _is_heading_apart(between, below.at - above.at, white, unit)
        if between and not (apart or foreign) and _is_tabular(between, above, edges, unit):
            run.append(below)
        else:
            yield run
            run = [below]
    yield run


def _between(band: tuple[Segment, Segment], lines: Sequence[TextLine]) -> list[TextLine]:
    above, below = band
    return [line for line in lines if above.at < line.middle < below.at]


def _is_section(line: TextLine) -> bool:
    """Whether it is a bold text alone, as over a part of a price list."""
    return len(line.chunks) == 1 and all(token.bold for token in line.tokens)


def _usual_white(group: Sequence[Segment], held: Sequence[Sequence[TextLine]]) -> float:
    """Median of the white above and below the rows between two rules. held: lines between them."""
    found = [
        below.at - above.at - (lines[-1].box.bottom - lines[0].box.top)
        for (above, below), lines in zip(pairwise(group), held, strict=True)
        if any(len(line.chunks) > 1 for line in lines)
    ]
    return median(found) if found else 0.0


def _is_heading_apart(lines: Sequence[TextLine], height: float, usual: float, unit: float) -> bool:
    """Whether it is text between two tables: without gaps, and with more white than a row has."""
    if not lines or any(len(line.chunks) > 1 for line in lines):
        return False
    white = height - (lines[-1].box.bottom - lines[0].box.top)
    return white >= max(PARTING * unit, PARTING_SHARE * usual)


def _is_caption(line: TextLine) -> bool:
    """Whether it is the caption of a table, which ends that table or precedes it."""
    return len(line.chunks) == 1 and is_labelled(line.chunks[0].text)


def _is_title(line: TextLine, unit: float) -> bool:
    return len(line.chunks) == 1 and line.chunks[0].tokens[0].box.height > TITLE * unit


def _is_tabular(
    lines: Sequence[TextLine], rule: Segment, edges: Sequence[int], unit: float
) -> bool:
    """Whether lines have gaps between cells, and none is prose from the rule's start, except as the
    label of a row.

    edges: of columns.
    """
    follows = lines[0].box.top - rule.at <= ROW_GAP * unit
    if follows and len(lines) <= LABEL_OF_ROW and len(lines[-1].chunks) > 2:
        return True
    single = [line for line in lines if len(line.chunks) == 1]
    running = [
        line
        for line in single
        if line.box.left < rule.start + 2 * unit and is_wordy(line.chunks[0], unit)
    ] or [
        line for line in lines if is_running(line, unit) and not _begins_column(line, edges, unit)
    ]
    return not running and (len(single) < len(lines) or len(lines) <= 2)


def _column_edges(lines: Sequence[TextLine], unit: float) -> list[int]:
    """Left edges, ascending, at which most lines with a gap have a text other than their first."""
    edges = sorted(chunk.box.left for line in lines for chunk in line.chunks[1:])
    least = max(COLUMN_LINES, COLUMN_SHARE * sum(len(line.chunks) > 1 for line in lines))
    near = EDGE * unit
    return [
        edge
        for edge in edges
        if bisect_right(edges, edge + near) - bisect_left(edges, edge - near) >= least
    ]


def _begins_column(line: TextLine, edges: Sequence[int], unit: float) -> bool:
    """Whether one of its texts begins at a column's edge, however near to the text before."""
    near = EDGE * unit
    lefts = (chunk.box.left for chunk in line.chunks)
    return any(bisect_left(edges, left - near) < bisect_right(edges, left + near) for left in lefts)


def _below(
    lines: Sequence[TextLine], region: Sequence[TextLine], bottom: float, unit: float
) -> list[TextLine]:
    """Rows below the last rule of a table whose heading alone is ruled."""
    if not lines or lines[0].box.top - bottom > ROW_GAP * unit:
        return []
    end = run_end(lines, 0, unit)
    seconds = (line.chunks[1].box.left for line in lines[:end] if len(line.chunks) > 1)
    label_end = min(seconds, default=0)
    foreign = (at for at in range(end) if _ends_rows(lines[at], label_end, unit))
    end = next(foreign, end)
    many = [at for at in range(end) if len(lines[at].chunks) > 1]
    if len(many) < 2 or many[0] > 3:
        return []
    rows = list(lines[: many[-1] + 1])
    beside = takewhile(lambda line: line.box.top < rows[-1].box.bottom, lines[len(rows) : end])
    return [*rows, *beside]


def _ends_rows(line: TextLine, label_end: float, unit: float) -> bool:
    """Whether it is a sentence across the columns, a caption or a title. label_end: right limit of
    the column of labels, which may have sentences."""
    if len(line.chunks) > 1:
        return False
    across = line.box.left < label_end <= line.box.right
    is_sentence = across and is_wordy(line.chunks[0], unit)
    return is_sentence or _is_caption(line) or _is_title(line, unit)
