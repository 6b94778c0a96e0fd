"""Judgement of ruled grids: frames, charts and diagrams are no tables."""

from __future__ import annotations

from app.ocr.layout.tables.filling import Filled
from app.ocr.result import Bbox

# Words that a border runs through, as in diagrams and charts.
CROSSED_SHARE = 0.08
# Of the fields so many have text: of a grid whose borders are drawn, and of any other.
FILLED_OF_DRAWN = 0.15
FILLED_SHARE = 0.4
DRAWN_SHARE = 0.75
LEAST_TEXTS = 4


def is_drawing(filled: Filled) -> bool:
    """Borders that run through words: a chart or a diagram."""
    crossed = sum(
        _is_crossed(token.box, field.box(filled.grid))
        for field, tokens in zip(filled.fields, filled.tokens, strict=True)
        for token in tokens
    )
    return crossed > max(1.0, CROSSED_SHARE * len(filled.all_tokens))


def _is_crossed(word: Bbox, field: Bbox) -> bool:
    slack = 0.3 * word.height
    return (
        field.left - word.left > slack
        or word.right - field.right > slack
        or field.top - word.top > slack
        or word.bottom - field.bottom > slack
    )


def is_ruled_table(filled: Filled, drawn_share: float) -> bool:
    """At least two rows and two columns with text, few of the fields empty.

    drawn_share: of the grid's inner borders. Only where nearly all are drawn a form may be empty.
    """
    texts = [bool(tokens) for tokens in filled.tokens]
    rows = {f.row for f, text in zip(filled.fields, texts, strict=True) if text}
    columns = {f.column for f, text in zip(filled.fields, texts, strict=True) if text}
    enough = len(rows) > 1 and len(columns) > 1 and sum(texts) >= LEAST_TEXTS
    least = FILLED_OF_DRAWN if drawn_share >= DRAWN_SHARE else FILLED_SHARE
    return enough and sum(texts) >= least * len(texts)
