"""Separate rules for each column, with gaps between them, as in statements of accounts."""

from __future__ import annotations

from collections.abc import Sequence

from app.ocr.layout.tables.ruled.ruling import Segment
from app.ocr.layout.tables.tokens import Token

from .lines import TextLine, text_lines

# In heights of a line: largest gap between the rules of neighbouring columns, and largest
# difference of their heights.
GAP, SAME_HEIGHT = 2.0, 0.3
# Lines within this distance show whether a rule belongs to a single column.
NEAR = 6.0


def bridged(
    rules: Sequence[Segment], walls: Sequence[Segment], tokens: Sequence[Token], unit: float
) -> list[Segment]:
    """Rules from top to bottom, with those of single columns at one height joined.

    Rules of tables side by side, which have several columns each, stay separate, and so do sides of
    boxes, which have vertical rules (walls) at both ends.
    """
    runs: list[list[Segment]] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.at / (SAME_HEIGHT * unit)), rule.start)):
        if runs and _is_next(runs[-1][-1], rule, unit):
            runs[-1].append(rule)
        else:
            runs.append([rule])
    if all(len(run) == 1 for run in runs):
        return list(rules)
    lines = text_lines(tokens)
    joined: list[Segment] = []
    for run in runs:
        if (
            len(run) > 1
            and all(_is_of_column(rule, lines, unit) for rule in run)
            and not all(_has_walls(rule, walls, unit) for rule in run)
        ):
            joined.append(Segment(run[0].at, run[0].start, run[-1].end))
        else:
            joined += run
    return sorted(joined, key=lambda rule: rule.at)


def _is_next(rule: Segment, following: Segment, unit: float) -> bool:
    level = abs(rule.at - following.at) <= SAME_HEIGHT * unit
    return level and 0 <= following.start - rule.end <= GAP * unit


def _has_walls(rule: Segment, walls: Sequence[Segment], unit: float) -> bool:
    near = SAME_HEIGHT * unit
    return all(
        any(
            abs(wall.at - end) <= near and -near <= rule.at - wall.start <= wall.length + near
            for wall in walls
        )
        for end in (rule.start, rule.end)
    )


def _is_of_column(rule: Segment, lines: Sequence[TextLine], unit: float) -> bool:
    """Whether no line near the rule has two texts along it."""
    near = (line for line in lines if abs(line.middle - rule.at) <= NEAR * unit)
    return all(
        sum(rule.overlap(chunk.box.left, chunk.box.right) > 0 for chunk in line.chunks) < 2
        for line in near
    )
