"""Reading order of a region: zones from top to bottom, columns from left to right, then rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.ocr.layout.rows import Row
from app.ocr.result import Bbox

from .columns import columns
from .fragments import Group
from .gutters import Items, extent, slabs, text_of
from .rules import Rules
from .zones import zones

# Columns inside columns: print has no deeper nesting than this.
DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Run:
    """Rows of one column without anything between them. box: of the column in the frame."""

    rows: list[Row]
    box: Bbox


def runs_of(items: Items, rules: Rules, depth: int = 0) -> Iterator[Run | Group]:
    """Every item once, in reading order."""
    if not items:
        return
    whole = columns(items, rules)
    if len(whole) > 1 and depth < DEEPEST:
        for column in whole:
            yield from runs_of(column, rules, depth + 1)
        return
    for zone, in_columns in zones(items, rules):
        if in_columns and depth < DEEPEST:
            yield from runs_of(zone, rules, depth + 1)
        else:
            yield from _from_top_to_bottom(zone, rules)


def _from_top_to_bottom(zone: Items, rules: Rules) -> Iterator[Run | Group]:
    """Runs and groups from top to bottom; text at a group's height comes before or after it."""
    box = extent(zone)
    waiting: Items = []
    for part in slabs(zone):
        groups = [item for item in part if isinstance(item, Group)]
        if not groups:
            waiting = waiting + part
            continue
        if waiting:
            yield Run(rules.rows_of(text_of(waiting)), box)
        waiting = []
        yield from _around_groups(part, groups, box, rules)
    if waiting:
        yield Run(rules.rows_of(text_of(waiting)), box)


def _around_groups(
    part: Items, groups: list[Group], box: Bbox, rules: Rules
) -> Iterator[Run | Group]:
    """Text left of a group, or above it, comes first."""
    groups = sorted(groups, key=lambda group: (group.box.left, group.box.top))
    rest = text_of(part)
    for group in groups:
        before = [
            each for each in rest if each.box.right <= group.box.left or each.middle < group.box.top
        ]
        rest = [each for each in rest if each not in before]
        if before:
            yield Run(rules.rows_of(before), box)
        yield group
    if rest:
        yield Run(rules.rows_of(rest), box)
