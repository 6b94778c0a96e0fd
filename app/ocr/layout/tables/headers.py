"""Header cells, which name the columns or rows of others."""

from __future__ import annotations

from collections.abc import Sequence

from .filling import Filled
from .tokens import Token
from .unruled.heading import MOST_SHARE, YEAR
from .unruled.lines import is_number


def header_fields(filled: Filled, heading: int = 0) -> set[int]:
    """Numbers of the fields that are headers.

    heading: number of rows known to be the heading, 0 if unknown. Then rows above the first numbers
    are headers, or the only bold rows. The first column is one if it is the only bold one.
    """
    rows = heading or _above_numbers(filled) or _bold_rows(filled)
    fields = filled.fields
    reached = max((field.row_end for field in fields if field.row < rows), default=0)
    headers = {number for number, field in enumerate(fields) if field.row < reached}
    return headers | _bold_column(filled, headers)


def _above_numbers(filled: Filled) -> int:
    numeric = _numeric_columns(filled)
    for row in range(filled.grid.rows):
        texts = _texts_of_row(filled, row)
        numbers = [text for column, text in texts.items() if column in numeric and is_number(text)]
        labelled = bool(texts.get(0))
        if numbers and (labelled or not all(YEAR.match(text) for text in numbers)):
            return row if row <= max(2, MOST_SHARE * filled.grid.rows) else 0
    return 0


def _numeric_columns(filled: Filled) -> set[int]:
    """Columns of numbers, except the first, which names the rows even if it has years."""
    found = set()
    for column in range(1, filled.grid.columns):
        texts = [
            _text(tokens)
            for field, tokens in zip(filled.fields, filled.tokens, strict=True)
            if field.column == column and field.column_end == column + 1 and tokens
        ]
        numbers = sum(map(is_number, texts))
        if numbers and numbers >= 0.5 * len(texts):
            found.add(column)
    return found


def _texts_of_row(filled: Filled, row: int) -> dict[int, str]:
    return {
        field.column: _text(tokens)
        for field, tokens in zip(filled.fields, filled.tokens, strict=True)
        if field.row == row and field.column_end == field.column + 1
    }


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(token.word.text for token in tokens)


def _bold_rows(filled: Filled) -> int:
    bold = [True] * filled.grid.rows
    for field, tokens in zip(filled.fields, filled.tokens, strict=True):
        if not all(token.bold for token in tokens):
            bold[field.row] = False
    count = bold.index(False) if False in bold else 0
    return count if count <= MOST_SHARE * filled.grid.rows else 0


def _bold_column(filled: Filled, headers: set[int]) -> set[int]:
    body = [
        number for number, tokens in enumerate(filled.tokens) if tokens and number not in headers
    ]
    first = {number for number in body if filled.fields[number].column == 0}
    bold = {number for number in body if all(token.bold for token in filled.tokens[number])}
    others = bold - first
    return first if len(first) > 1 and first <= bold and len(others) < 0.3 * len(body) else set()
