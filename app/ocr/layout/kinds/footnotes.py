"""Footnotes: small type at the foot of a column, with a mark or under a short line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.ocr.layout.context import Context
from app.ocr.layout.draft import Draft
from app.ocr.result import Bbox

# A mark with text after it, which is no variable of a formula.
MARK = re.compile(
    r"(?:\(?\d{1,3}|[*†‡§¶]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|[①-⑳]|[a-z](?=[)]))[.)]?\s*"
    r"(?!\w\s*=)(?=[^\W\d]|[\"“„«(])"
)
SMALLER = 0.93
# Limits of the line above footnotes: its length as shares of the column's width, and its distance
# in type sizes.
SHORTEST, LONGEST = 0.08, 0.6
NEAR = 2.5
# Footnotes begin below this share of the page's height.
LOWER_PART = 0.45
# Shorter text under a line is a name under the line for a signature.
NAME = 40


def with_footnotes(drafts: Sequence[Draft], context: Context) -> list[Draft]:
    """Drafts in reading order, with each footnote as a draft of its own."""
    result: list[Draft] = []
    for column in _columns(drafts):
        foot = _foot(column, context)
        result += column[: len(column) - len(foot)]
        result += [note for draft in foot for note in _notes(draft)]
    return result


def _notes(draft: Draft) -> list[Draft]:
    """The draft cut into footnotes where a line begins with a mark."""
    notes: list[Draft] = []
    for row in draft.rows:
        if notes and not MARK.match(row.text):
            notes[-1].rows.append(row)
        else:
            notes.append(Draft([row], draft.column, "footnote"))
    for note in notes:
        note.__post_init__()
    return notes


def _columns(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Runs of drafts that follow each other downwards in one column."""
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
    """The drafts at the end of the column, from the first one with a mark, in order."""
    foot: list[Draft] = []
    for draft in reversed(column):
        if not _may_be(draft, context):
            break
        foot.insert(0, draft)
    while foot and not _is_marked(foot[0], context):
        foot.pop(0)
    return foot


def _may_be(draft: Draft, context: Context) -> bool:
    low = draft.box.top >= LOWER_PART * context.height
    small = draft.size <= SMALLER * context.body
    if draft.kind == "code" and not MARK.match(draft.text):
        return False
    usual = draft.kind in ("text", "list", "code")
    return low and usual and (small or bool(_line_above(draft, context)))


def _is_marked(draft: Draft, context: Context) -> bool:
    if MARK.match(draft.text):
        return True
    return draft.characters > NAME and bool(_line_above(draft, context))


def _line_above(draft: Draft, context: Context) -> Bbox | None:
    for line in context.lines:
        gap = draft.box.top - line.bottom
        starts = abs(line.left - draft.column.left) <= 2 * draft.size
        short = SHORTEST * draft.column.width <= line.width <= LONGEST * draft.column.width
        if 0 <= gap <= NEAR * draft.size and starts and short:
            return line
    return None
