"""Captions of figures and tables, found by their label or by the picture next to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.ocr.layout.context import Context
from app.ocr.layout.draft import Draft
from app.ocr.layout.reading_order.areas import covers
from app.ocr.result import Bbox

from .caption_words import FIGURES, LATER_WORDS, TABLES

LABEL = re.compile(
    rf"(?:{FIGURES}|{TABLES})"
    r"\s*(?P<number>[A-Z]?\.?\d{1,3}(?:[.\-–]\d{1,3})*[a-z]?|[IVX]{1,5})(?P<end>\s*[.:|–—-]|\s|$)",
    re.IGNORECASE,
)
NUMBER_FIRST = re.compile(rf"\d{{1,3}}\.?\s?{LATER_WORDS}(?:\W|$)", re.IGNORECASE)
CJK_LABEL = re.compile(r"[図表图圖]\s*\d+")
# A caption is at most this many type sizes from its picture, and no longer than this.
NEAR = 1.6
MOST_CHARACTERS = 400
# Smaller pictures, in type sizes, are icons and logos of one line.
LEAST_PICTURE = 4.0
UNLABELLED_CHARACTERS = 160


def mark_captions(drafts: Sequence[Draft], context: Context, tables: Sequence[Bbox]) -> None:
    """Sets the kind of drafts that are captions. tables: boxes in the frame."""
    areas = [*context.pictures, *tables]
    for draft in drafts:
        if draft.kind == "text" and _is_caption(draft, context, areas):
            draft.kind = "caption"


def _is_caption(draft: Draft, context: Context, areas: Sequence[Bbox]) -> bool:
    if draft.characters > MOST_CHARACTERS:
        return False
    if is_labelled(draft.text):
        return True
    near_picture = any(
        _is_next_to(draft.box, area, draft.size)
        for area in context.pictures
        if min(area.width, area.height) >= LEAST_PICTURE * draft.size
    )
    label = LABEL.match(draft.text) or CJK_LABEL.match(draft.text)
    if label and any(_is_next_to(draft.box, area, 2 * draft.size) for area in areas):
        return True
    if not near_picture or any(covers(area, draft.box) for area in context.pictures):
        return False
    smaller = draft.size < 0.95 * context.body or _is_italic(draft)
    return smaller and draft.characters <= UNLABELLED_CHARACTERS


def is_labelled(text: str) -> bool:
    """ "Figure 3. Section" and "Figure 3 Section", but not "Figure 3 shows"."""
    found = LABEL.match(text)
    if not found:
        return bool(CJK_LABEL.match(text) or NUMBER_FIRST.match(text))
    if text[0].islower():
        return False
    rest = text[found.end() :].lstrip()
    return bool(found["end"].strip()) or not rest or rest[0].isupper()


def _is_italic(draft: Draft) -> bool:
    return all(fragment.italic for row in draft.rows for fragment in row.fragments)


def _is_next_to(box: Bbox, area: Bbox, size: float) -> bool:
    """Whether the box is above, below or beside the area, mostly within its extent."""
    across = min(box.right, area.right) - max(box.left, area.left)
    down = min(box.bottom, area.bottom) - max(box.top, area.top)
    if across >= 0.6 * box.width:
        return -NEAR * size <= down <= size
    return down >= 0.6 * box.height and -NEAR * size <= across <= 0
