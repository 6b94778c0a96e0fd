"""Regions of a page that may be tables without vertical rules: runs of lines with gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .ruling import Segment
from .tokens import Chunk, TextLine, Token, chunks_of, text_lines

# In heights of a line: prose is at least so wide, and lines of one block so near.
PROSE_WIDTH = 14.0
PROSE_WORDS = 4
PROSE_LINES = 3
LINE_GAP = 1.0
ROW_GAP = 1.8
RULE_LENGTH = 8.0
SAME_END = 1.5
HEAD_GAP = 0.8
HEAD_LINES = 6


@dataclass(frozen=True, slots=True)
class Region:
    """lines: from top to bottom; rules: horizontal ones within; ruled: bounded by rules."""

    lines: tuple[TextLine, ...]
    rules: tuple[Segment, ...]
    ruled: bool


def banded_regions(
    tokens: Sequence[Token], rules: Sequence[Segment], unit: float
) -> Iterator[Region]:
    """Between the first and the last of a set of rules of the same length and place."""
    for group in _bands(rules, unit):
        left, right = group[0].start - unit, group[0].end + unit
        inside = [
            t for t in tokens if left <= (t.box.left + t.box.right) / 2 <= right
        ]
        for run in _runs_of_rules(group, inside, unit):
            top, bottom = run[0].at, run[-1].at
            lines = text_lines(inside, unit)
            region = [line for line in lines if top < line.middle < bottom]
            if region:
                above = [line for line in lines if line.middle <= top]
                below = [line for line in lines if line.middle >= bottom]
                region = [*_heading_above(above, region, top, unit), *region]
                region += _below(below, region, bottom, unit)
                yield Region(tuple(region), _rules_in(region, rules, unit), True)


def _rules_in(
    lines: Sequence[TextLine], rules: Sequence[Segment], unit: float
) -> tuple[Segment, ...]:
    top, bottom = lines[0].box.top - unit, lines[-1].box.bottom + unit
    left = min(line.box.left for line in lines)
    right = max(line.box.right for line in lines)
    return tuple(
        rule for rule in rules if top <= rule.at <= bottom and rule.overlap(left, right) > 0
    )


def _heading_above(
    above: Sequence[TextLine], region: Sequence[TextLine], top: float, unit: float
) -> list[TextLine]:
    """Column heads right above the first rule, or above the first line with gaps.

    A head that spans others may be alone on its line, but not above the column of labels.
    """
    stub = min((line.chunks[0] for line in region), key=lambda chunk: chunk.box.left).box
    found: list[TextLine] = []
    for line in reversed(above):
        if top - line.box.bottom > HEAD_GAP * unit or len(found) == HEAD_LINES:
            break
        if len(line.chunks) < 2 and line.box.left < stub.right:
            break
        if any(_is_wordy(chunk, unit) for chunk in line.chunks):
            break
        found.insert(0, line)
        top = line.box.top
    return found


def _bands(rules: Sequence[Segment], unit: float) -> list[list[Segment]]:
    groups: list[list[Segment]] = []
    near = SAME_END * unit
    for rule in rules:
        if rule.length < RULE_LENGTH * unit:
            continue
        for group in groups:
            if abs(group[0].start - rule.start) <= near and abs(group[0].end - rule.end) <= near:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) > 1]


def _runs_of_rules(
    group: Sequence[Segment], tokens: Sequence[Token], unit: float
) -> Iterator[list[Segment]]:
    """Rules with something tabular between each and the next."""
    run = [group[0]]
    for above, below in pairwise(group):
        between = [token for token in tokens if above.at < token.middle < below.at]
        if between and _is_tabular(text_lines(between, unit), unit):
            run.append(below)
        else:
            if len(run) > 1:
                yield run
            run = [below]
    if len(run) > 1:
        yield run


def _is_tabular(lines: Sequence[TextLine], unit: float) -> bool:
    wordy = any(_is_wordy(chunk, unit) for line in lines for chunk in line.chunks)
    many = sum(len(line.chunks) > 1 for line in lines)
    return len(lines) <= 2 or many >= (0.4 * len(lines) if wordy else 1)


def _below(
    lines: Sequence[TextLine], region: Sequence[TextLine], bottom: float, unit: float
) -> list[TextLine]:
    """Rows right below the last rule, where only the heading is ruled."""
    if len(region) > 4 or sum(len(line.chunks) > 1 for line in region) == 0:
        return []
    found: list[TextLine] = []
    last = bottom
    for line in lines:
        if line.box.top - last > ROW_GAP * unit or len(line.chunks) < 2:
            break
        found.append(line)
        last = line.box.bottom
    return found if len(found) > 1 else []


def open_regions(
    tokens: Sequence[Token], rules: Sequence[Segment], unit: float
) -> Iterator[Region]:
    """Runs of lines with wide gaps, after running text is taken out."""
    chunks = [chunk for line in text_lines(tokens, unit) for chunk in line.chunks]
    prose = _prose(chunks, unit)
    rest = [chunk for number, chunk in enumerate(chunks) if number not in prose]
    blocked = [chunks[number] for number in prose]
    for group in _connected(rest, blocked, unit):
        lines = text_lines((token for chunk in group for token in chunk.tokens), unit)
        for run in _runs(lines, unit):
            yield Region(tuple(run), _rules_in(run, rules, unit), False)


def _prose(chunks: Sequence[Chunk], unit: float) -> set[int]:
    """Numbers of the chunks that are lines of a paragraph, its short last line included."""
    below: dict[int, int] = {}
    for number, chunk in enumerate(chunks):
        for other in range(number + 1, min(len(chunks), number + 12)):
            box, next_box = chunk.box, chunks[other].box
            common = min(box.right, next_box.right) - max(box.left, next_box.left)
            gap = next_box.top - box.bottom
            if 0.7 * min(box.width, next_box.width) <= common and -0.4 * unit < gap < LINE_GAP * unit and next_box.top > box.top + 0.3 * unit:
                below[number] = other
                break
    found: set[int] = set()
    for number in range(len(chunks)):
        chain = [number]
        while _is_wordy(chunks[chain[-1]], unit) and chain[-1] in below:
            chain.append(below[chain[-1]])
        if len(chain) >= PROSE_LINES:
            found.update(chain)
    return found


def _is_wordy(chunk: Chunk, unit: float) -> bool:
    words = sum(token.word.text[:1].isalpha() for token in chunk.tokens)
    return chunk.box.width >= PROSE_WIDTH * unit and words >= PROSE_WORDS


def _connected(
    chunks: Sequence[Chunk], blocked: Sequence[Chunk], unit: float
) -> list[list[Chunk]]:
    """Sets of chunks that are above or beside each other, without prose between."""
    parent = list(range(len(chunks)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    ordered = sorted(range(len(chunks)), key=lambda index: chunks[index].box.top)
    for position, index in enumerate(ordered):
        box = chunks[index].box
        for other in ordered[position + 1 :]:
            second = chunks[other].box
            if second.top - box.bottom > ROW_GAP * unit:
                break
            common = min(box.bottom, second.bottom) - max(box.top, second.top)
            beside = common > 0.5 * min(box.height, second.height)
            above = min(box.right, second.right) > max(box.left, second.left)
            if above or (beside and not _between(box, second, blocked)):
                parent[root(index)] = root(other)
    groups: dict[int, list[Chunk]] = defaultdict(list)
    for index, chunk in enumerate(chunks):
        groups[root(index)].append(chunk)
    return list(groups.values())


def _between(one: object, other: object, blocked: Sequence[Chunk]) -> bool:
    left, right = sorted((one, other), key=lambda box: box.left)  # type: ignore[attr-defined]
    top, bottom = max(one.top, other.top), min(one.bottom, other.bottom)  # type: ignore[attr-defined]
    return any(
        left.right <= chunk.box.left <= right.left  # type: ignore[attr-defined]
        and min(bottom, chunk.box.bottom) > max(top, chunk.box.top)
        for chunk in blocked
    )


def _runs(lines: Sequence[TextLine], unit: float) -> Iterator[list[TextLine]]:
    """From a line with gaps to another, with at most two lines without one in a row between."""
    run: list[TextLine] = []
    single = 0
    for line in lines:
        far = run and line.box.top - run[-1].box.bottom > ROW_GAP * unit
        if far or single > 2:
            yield from _trimmed(run, unit)
            run, single = [], 0
        single = single + 1 if len(line.chunks) < 2 else 0
        run.append(line)
    yield from _trimmed(run, unit)


def _trimmed(run: list[TextLine], unit: float) -> Iterator[list[TextLine]]:
    many = [number for number, line in enumerate(run) if len(line.chunks) > 1]
    if len(many) > 1:
        region = run[many[0] : many[-1] + 1]
        yield [*_heading_above(run[: many[0]], region, region[0].box.top, unit), *region]
