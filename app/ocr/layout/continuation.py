"""Paragraphs that continue in the next column, or below the box or picture they run around."""

from __future__ import annotations

from collections.abc import Iterable

from .draft import Draft

HYPHENS = ("-", "\N{SOFT HYPHEN}", "\N{HYPHEN}", "¬")
SENTENCE_ENDS = tuple('.!?:;。！？”"»)')
# The line before the break is full if it fills this share of the column.
FULL = 0.8
SAME_SIZE = 1.1
# Limits for lines around a box, in type sizes: white space beyond the leading, distance of edges,
# free room at a line's end.
GAP, NEAR, ROOM = 0.35, 0.5, 3.0


def joined(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts, each joined with the next one if its text continues there."""
    result: list[Draft] = []
    for draft in drafts:
        if result and _goes_on(result[-1], draft):
            join(result[-1], draft)
        else:
            result.append(draft)
    return result


def runs_around(draft: Draft, following: Draft, leading: float) -> bool:
    """Whether the next draft is the same paragraph with lines of another length. leading: of the
    page, in type sizes."""
    if draft.kind != "text" or following.kind != "text" or _differ(draft, following):
        return False
    last, first = draft.rows[-1], following.rows[0]
    size = first.size
    gap = first.top - last.bottom
    if not -NEAR * size <= gap <= (leading + GAP) * size:
        return False
    if abs(first.box.left - min(row.box.left for row in draft.rows[-2:])) > NEAR * size:
        return False
    return max(row.box.right for row in draft.rows) - last.box.right < ROOM * size


def join(draft: Draft, following: Draft) -> None:
    draft.rows.extend(following.rows)
    draft.__post_init__()


def _differ(draft: Draft, following: Draft) -> bool:
    """Whether they differ in size or weight."""
    sizes = sorted((draft.size, following.size))
    return sizes[1] > SAME_SIZE * sizes[0] or draft.bold != following.bold


def _goes_on(draft: Draft, following: Draft) -> bool:
    """Whether a sentence continues: the first draft does not end one, the second begins small."""
    if draft.kind not in ("text", "list") or following.kind != "text":
        return False
    last, first = draft.rows[-1], following.rows[0]
    if first.box.top > last.box.top and _is_same_column(draft, following):
        return False
    if _differ(draft, following):
        return False
    ends, begins = draft.text, following.text[:1]
    if ends.endswith(HYPHENS) and ends[-2:-1].isalpha() and begins.islower():
        return True
    full = last.box.width >= FULL * (draft.column.width)
    return full and not ends.endswith(SENTENCE_ENDS) and begins.islower()


def _is_same_column(draft: Draft, following: Draft) -> bool:
    common = min(draft.box.right, following.box.right) - max(draft.box.left, following.box.left)
    return common > 0.5 * min(draft.box.width, following.box.width)
