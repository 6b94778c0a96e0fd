"""Footnotes: small type at the foot of a column, with a mark or under a short line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.ocr.result import Bbox

from .context import Context
from .paragraphs import Draft

MARK = re.compile(r"(?:\d{1,3}|[*†‡§¶]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|[a-z](?=[)]))[.)]?\s*(?=[^\W\d]|[\"“„«(])")
SMALLER = 0.93
# The line above footnotes is between these shares of its column's width, and this near.
SHORTEST, LONGEST = 0.08, 0.6
NEAR = 2.5
# Footnotes are in the lower part of the page.
LOWER_PART = 0.45
# A page with fewer characters is a sign or a form.
LEAST_CHARACTERS = 200


def mark_footnotes(drafts: Sequence[Draft], context: Context) -> None:
    """drafts: of the page in reading order; those at the end of a column are looked at."""
    if sum(draft.characters for draft in drafts) < LEAST_CHARACTERS:
        return
    for column in _columns(drafts):
        marked = False
        for draft in reversed(column):
            if not _may_be(draft, context):
                break
            if marked := _is_marked(draft, context) or marked:
                pass
        if not marked:
            continue
        for draft in _foot(column, context):
            draft.kind, draft.level, draft.marker = "footnote", 0, None


def _columns(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Drafts that follow each other downwards on one width."""
    result: list[list[Draft]] = []
    for draft in drafts:
        if result and _is_below(draft, result[-1][-1]):
            result[-1].append(draft)
        else:
            result.append([draft])
    return result


def _is_below(draft: Draft, above: Draft) -> bool:
    common = min(draft.box.right, above.box.right) - max(draft.box.left, above.box.left)
    return draft.box.top >= above.box.top and common > 0


def _foot(column: list[Draft], context: Context) -> list[Draft]:
    """The drafts at the end, from the first that is marked on."""
    foot: list[Draft] = []
    for draft in reversed(column):
        if not _may_be(draft, context):
            break
        foot.append(draft)
    while foot and not _is_marked(foot[-1], context):
        foot.pop()
    return foot


def _may_be(draft: Draft, context: Context) -> bool:
    low = draft.box.top >= LOWER_PART * context.height
    small = draft.size <= SMALLER * context.body
    return low and draft.kind in ("text", "list") and (small or bool(_line_above(draft, context)))


def _is_marked(draft: Draft, context: Context) -> bool:
    return bool(MARK.match(draft.text)) or bool(_line_above(draft, context))


def _line_above(draft: Draft, context: Context) -> Bbox | None:
    for line in context.lines:
        gap = draft.box.top - line.bottom
        starts = abs(line.left - draft.column.left) <= 2 * draft.size
        short = SHORTEST * draft.column.width <= line.width <= LONGEST * draft.column.width
        if 0 <= gap <= NEAR * draft.size and starts and short:
            return line
    return None
