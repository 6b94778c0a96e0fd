"""The last row of a table whose rows have a colour in turn: it may have none, and no rule below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from .lines import TextLine
from .runs import ROW_GAP

# Fewer texts than this may be at the columns' places by chance.
LEAST_TEXTS = 3
# In heights of a line: largest distance of a text's edge from that of its column, and the largest
# white between the lines of one row.
EDGE = 0.3
WRAP_GAP = 0.6


def last_row(
    below: Sequence[TextLine], region: Sequence[TextLine], bottom: float, unit: float
) -> list[TextLine]:
    """The lines of the row below a table's last rule or colour, if it has a text at each place.

    below: lines below, from top to bottom; region: those of the table; bottom: its last rule.
    """
    most = max(len(line.chunks) for line in region)
    if not below or most < LEAST_TEXTS or len(below[0].chunks) < most:
        return []
    if below[0].box.top - bottom > ROW_GAP * unit or not _fits(below[0], region, unit):
        return []
    row = [below[0]]
    for line in takewhile(lambda line: len(line.chunks) < most, below[1:]):
        near = line.box.top - row[-1].box.bottom <= WRAP_GAP * unit
        if not (near and _fits(line, row[:1], unit)):
            break
        row.append(line)
    return row


def _fits(line: TextLine, others: Sequence[TextLine], unit: float) -> bool:
    """Whether each text has the left or right edge of a text in one of the other lines."""
    chunks = [chunk.box for other in others for chunk in other.chunks]
    near = EDGE * unit
    return all(
        any(
            abs(box.left - chunk.box.left) <= near or abs(box.right - chunk.box.right) <= near
            for box in chunks
        )
        for chunk in line.chunks
    )
