"""Judgement of ruled grids: frames, charts and diagrams are not tables."""

from __future__ import annotations

from app.ocr.layout.tables.filling import Filled
from app.ocr.result import Bbox

# Share of words that a border runs through above which a grid is a diagram or a chart.
CROSSED_SHARE = 0.08
# Least share of fields with text in a grid with this share of its borders drawn, and in any other.
FILLED_OF_DRAWN = 0.15
FILLED_SHARE = 0.4
DRAWN_SHARE = 0.75
LEAST_TEXTS = 4


def is_drawing(filled: Filled) -> bool:
    """Whether it is a chart or a diagram: borders run through its words."""
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
    """Whether at least two rows and two columns have text and few of the fields are empty.

    drawn_share: of the grid's inner borders. Only if most are drawn may a form be nearly empty.
    """
    texts = [bool(tokens) for tokens in filled.tokens]
    rows = {f.row for f, text in zip(filled.fields, texts, strict=True) if text}
    columns = {f.column for f, text in zip(filled.fields, texts, strict=True) if text}
    enough = len(rows) > 1 and len(columns) > 1 and sum(texts) >= LEAST_TEXTS
    least = FILLED_OF_DRAWN if drawn_share >= DRAWN_SHARE else FILLED_SHARE
    return enough and sum(texts) >= least * len(texts)
