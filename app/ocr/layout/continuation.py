"""Paragraphs that go on in the next column or below a picture."""

from __future__ import annotations

from collections.abc import Iterable

from .paragraphs import Draft

HYPHENS = ("-", "\N{SOFT HYPHEN}", "\N{HYPHEN}", "¬")
SENTENCE_ENDS = tuple(".!?:;。！？”\"»)")
# The line before the break is full if it fills this share of the column.
FULL = 0.8
SAME_SIZE = 1.1


def joined(drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts whose text goes on in the next one become one."""
    result: list[Draft] = []
    for draft in drafts:
        if result and _goes_on(result[-1], draft):
            result[-1].rows.extend(draft.rows)
            result[-1].__post_init__()
        else:
            result.append(draft)
    return result


def _goes_on(draft: Draft, following: Draft) -> bool:
    """Neither has to be a whole sentence: the first ends in none, the second begins small."""
    if draft.kind not in ("text", "list") or following.kind != "text":
        return False
    last, first = draft.rows[-1], following.rows[0]
    if first.box.top > last.box.top and _is_same_column(draft, following):
        return False
    sizes = sorted((draft.size, following.size))
    if sizes[1] > SAME_SIZE * sizes[0] or draft.bold != following.bold:
        return False
    ends, begins = draft.text, following.text[:1]
    if ends.endswith(HYPHENS) and ends[-2:-1].isalpha() and begins.islower():
        return True
    full = last.box.width >= FULL * (draft.column.width)
    return full and not ends.endswith(SENTENCE_ENDS) and begins.islower()


def _is_same_column(draft: Draft, following: Draft) -> bool:
    common = min(draft.box.right, following.box.right) - max(draft.box.left, following.box.left)
    return common > 0.5 * min(draft.box.width, following.box.width)
