"""Paragraphs from the rows of a run, by white space, type, indentation and list markers."""

from __future__ import annotations

from .context import Context
from .draft import Draft
from .kinds.lists import Marker, depths
from .paragraph_starts import INDENT, Shape
from .reading_order.order import Run


def drafts_of(run: Run, context: Context) -> list[Draft]:
    """One draft per paragraph or list item."""
    if not run.rows:
        return []
    shape = Shape.of(run, context)
    drafts: list[Draft] = []
    for at, row in enumerate(run.rows):
        last = drafts[-1] if drafts else None
        if last and not shape.starts(last, at, row):
            last.rows.append(row)
        else:
            drafts.append(Draft([row], run.box, marker=shape.markers.get(at)))
    for at, draft in enumerate(drafts):
        draft.__post_init__()
        if draft.marker and _is_numbered_text(drafts, at, draft.marker):
            draft.marker = None
        draft.kind = "list" if draft.marker else "text"
    _set_depths(drafts)
    return drafts


def _is_numbered_text(drafts: list[Draft], at: int, marker: Marker) -> bool:
    """Whether the text after a number such as "6.1" is no list item: a heading between paragraphs,
    or a paragraph that continues at the margin after a heading in its first line."""
    if not marker.is_decimal:
        return False
    draft = drafts[at]
    if any(row.box.left < marker.left - INDENT * row.size for row in draft.rows[1:]):
        return True
    beside = [*drafts[max(0, at - 1) : at], *drafts[at + 1 : at + 2]]
    return len(draft.rows) == 1 and not any(each.marker for each in beside)


def _set_depths(drafts: list[Draft]) -> None:
    run: list[Draft] = []
    for draft in [*drafts, None]:
        if draft and draft.marker:
            run.append(draft)
            continue
        if draft and run and _is_in_item(draft, run[0]):
            continue
        markers = [each.marker for each in run if each.marker]
        for item, depth in zip(run, depths(markers, run[0].size if run else 1), strict=True):
            item.level = depth
        run = []


def _is_in_item(draft: Draft, item: Draft) -> bool:
    """Whether it is a further paragraph of an item, which begins right of the list's markers."""
    marker = item.marker
    return marker is not None and draft.box.left > marker.left + INDENT * draft.size
