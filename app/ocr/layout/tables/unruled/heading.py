"""The heading of a table: the number of its lines, and its levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from app.ocr.layout.tables.ruled.ruling import Segment
from app.ocr.result import Bbox

from .entries import EntryLine, numeric_columns
from .lines import Chunk, TextLine

YEAR = re.compile(r"^\W*(1[89]|20)\d\d([-/–]\d{2,4})?\W*[a-z*]?\W*$")
# A heading has at most this many lines, and at most this share of the table's.
MOST_LINES = 10
MOST_SHARE = 0.6
# A rule below the heading covers at least this share of the table's width.
RULE_SHARE = 0.6


def heads_over_rules(
    lines: Sequence[TextLine], rules: Sequence[Segment], unit: float
) -> list[TextLine]:
    """The lines, with heads widened to the rule below them, which shows the columns they span."""
    left = min(line.box.left for line in lines)
    right = max(line.box.right for line in lines)
    partial = [rule for rule in rules if unit < rule.length < RULE_SHARE * (right - left)]
    return [_widened(line, partial, unit) for line in lines] if partial else list(lines)


def _widened(line: TextLine, rules: Sequence[Segment], unit: float) -> TextLine:
    chunks = []
    for chunk in line.chunks:
        box = chunk.box
        own = [
            rule
            for rule in rules
            if 0 <= rule.at - chunk.tokens[0].middle <= unit
            and rule.start <= box.left + 0.5 * unit
            and box.right - 0.5 * unit <= rule.end
            and sum(rule.overlap(each.box.left, each.box.right) > 0 for each in line.chunks) == 1
        ]
        for rule in own[:1]:
            box = Bbox(round(rule.start), box.top, round(rule.end), box.bottom)
        chunks.append(Chunk(chunk.tokens, box))
    return TextLine(tuple(chunks), line.box, line.middle)


def heading_lines(lines: Sequence[EntryLine], columns: int, rules: Sequence[Segment]) -> int:
    """Number of heading lines: above the first long rule, else the first numbers, else bold."""
    by_rule = _above_rule(lines, rules)
    by_kind = _above_numbers(lines, columns)
    if by_rule is None or _is_first_row(lines, columns, rules):
        return by_kind if by_kind else _bold_lines(lines)
    if by_kind and by_rule == 1 and by_kind > 1 and _is_title(lines[0], columns):
        return by_kind
    return by_rule


def _above_rule(lines: Sequence[EntryLine], rules: Sequence[Segment]) -> int | None:
    left = min(each.line.box.left for each in lines)
    right = max(each.line.box.right for each in lines)
    for number, (before, after) in enumerate(pairwise(lines), start=1):
        if number > min(MOST_LINES, MOST_SHARE * len(lines) + 1):
            return None
        covered = sum(
            max(0.0, rule.overlap(left, right))
            for rule in rules
            if before.line.middle < rule.at < after.line.middle
        )
        if covered >= RULE_SHARE * (right - left):
            return number
    return None


def _is_first_row(lines: Sequence[EntryLine], columns: int, rules: Sequence[Segment]) -> bool:
    """Whether the first line is a row of amounts like the others, each with a rule below it."""
    numeric = numeric_columns(lines, columns) - {0}
    entries = [lines[0].entry_in(column) for column in sorted(lines[0].numbers & numeric)]
    amounts = [entry for entry in entries if entry and not YEAR.match(entry.chunk.text)]
    pairs = [(one.line.middle, other.line.middle) for one, other in pairwise(lines)]
    ruled = sum(any(top < rule.at < bottom for rule in rules) for top, bottom in pairs)
    return bool(amounts) and 0 in lines[0].columns and ruled > 1 and 2 * ruled > len(pairs)


def _above_numbers(lines: Sequence[EntryLine], columns: int) -> int:
    numeric = numeric_columns(lines, columns) - {0}
    for number, line in enumerate(lines):
        if number > min(MOST_LINES, MOST_SHARE * len(lines) + 1):
            return 0
        if _is_body(line, numeric):
            return _without_labels(lines, number)
    return 0


def _is_body(line: EntryLine, numeric: set[int]) -> bool:
    """Whether the line has numbers in columns of numbers and is not a row of years above them."""
    numbers = [
        entry.chunk.text
        for entry in line.entries
        if not entry.spans and entry.first in line.numbers & numeric
    ]
    if not numbers:
        return False
    return 0 in line.columns or not all(YEAR.match(text) for text in numbers)


def _without_labels(lines: Sequence[EntryLine], end: int) -> int:
    """The end without labels right above the numbers: they are rows, or the first lines of one."""
    while end > 1 and lines[end - 1].columns == {0}:
        end -= 1
    return 0 if end == 1 and lines[0].columns == {0} else end


def _bold_lines(lines: Sequence[EntryLine]) -> int:
    bold = [all(token.bold for token in each.line.tokens) for each in lines]
    count = bold.index(False) if False in bold else 0
    return count if count <= MOST_SHARE * len(lines) else 0


def _is_title(line: EntryLine, columns: int) -> bool:
    return len(line.entries) == 1 and columns > 2


def heading_rows(lines: Sequence[EntryLine], rules: Sequence[Segment]) -> list[list[int]]:
    """Lines of the heading by rows: one level, or several if heads span others."""
    rows: list[list[int]] = []
    for number, line in enumerate(lines):
        if rows and not _parts_levels(lines[number - 1], line, rules):
            rows[-1].append(number)
        else:
            rows.append([number])
    return rows


def _parts_levels(above: EntryLine, below: EntryLine, rules: Sequence[Segment]) -> bool:
    top, bottom = above.line.middle, below.line.middle
    if any(top < rule.at < bottom for rule in rules):
        return True
    return _heads_over(above, below) or _heads_over(below, above)


def _heads_over(one: EntryLine, other: EntryLine) -> bool:
    """Whether a head in one line spans columns that the other line fills one by one."""
    return any(
        head.spans
        and any(
            head.first <= entry.first
            and entry.last <= head.last
            and (entry.first, entry.last) != (head.first, head.last)
            for entry in other.entries
        )
        for head in one.entries
    )
