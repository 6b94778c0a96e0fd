"""Rows of a run to paragraphs: by white space, type, indentation and list markers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from app.ocr.result import Bbox, Block

from .context import Context
from .kinds.lists import Marker, depths, list_rows
from .reading_order.order import Run
from .rows import Row

# A gap of more than the run's usual leading plus this share of the type size parts blocks.
PARAGRAPH_GAP = 0.35
# Less is enough where the type seems to be of another size.
SIZED_GAP = 0.18
NOTED_SIZE_CHANGE = 1.18
# Type of another size parts blocks; sizes measured on ink are less sure.
SIZE_CHANGE, MEASURED_SIZE_CHANGE = 1.12, 1.4
# An indentation in type sizes: more is another column or a centred line.
INDENT, WIDEST_INDENT = 0.7, 6.0
# Share of a run's rows that may be indented if indentation begins paragraphs.
INDENTED_SHARE = 0.45
# A line ends before the right edge if so many type sizes are free.
SHORT_LINE = 3.0
# White space of more type sizes than this is no leading, even if all of a run's gaps are so wide.
WIDEST_LEADING = 1.5
# Of fewer rows the leading is told better by the page's other text.
FEW_ROWS = 4
# Rows that begin at one edge, as a share of a run that is not centred.
FLUSH_SHARE = 0.5
SENTENCE_ENDS = tuple('.!?:…"”»。！？')


@dataclass
class Draft:
    """A block in the making. column: box of its run in the frame."""

    rows: list[Row]
    column: Bbox
    kind: str = "text"
    level: int = 0
    marker: Marker | None = None
    box: Bbox = field(init=False)

    def __post_init__(self) -> None:
        self.box = Bbox.around(row.box for row in self.rows)

    @property
    def size(self) -> float:
        return max(self.rows, key=lambda row: row.characters).size

    @property
    def characters(self) -> int:
        return sum(row.characters for row in self.rows)

    @property
    def text(self) -> str:
        return " ".join(row.text for row in self.rows)

    @property
    def bold(self) -> bool:
        return all(row.bold for row in self.rows)

    def block(self) -> Block:
        lines = tuple(row.line for row in self.rows)
        return Block(lines, self.kind, self.level, self.marker.text if self.marker else "")


def drafts_of(run: Run, context: Context) -> list[Draft]:
    """One draft per paragraph or list item."""
    if not run.rows:
        return []
    shape = _Shape.of(run, context)
    drafts: list[Draft] = []
    for at, row in enumerate(run.rows):
        last = drafts[-1] if drafts else None
        if last and not shape.starts(last, at, row):
            last.rows.append(row)
        else:
            drafts.append(Draft([row], run.box, marker=shape.markers.get(at)))
    for draft in drafts:
        draft.__post_init__()
        draft.kind = "list" if draft.marker else "text"
    _set_depths(drafts)
    return drafts


def _set_depths(drafts: list[Draft]) -> None:
    run: list[Draft] = []
    for draft in [*drafts, None]:
        if draft and draft.marker:
            run.append(draft)
            continue
        markers = [each.marker for each in run if each.marker]
        for item, depth in zip(run, depths(markers, run[0].size if run else 1), strict=True):
            item.level = depth
        run = []


def leading_of(rows: Sequence[Row]) -> float | None:
    """White space between the lines of a paragraph: the lower quarter, as gaps between
    paragraphs are always larger. None for a single row."""
    gaps = sorted(lower.top - upper.bottom for upper, lower in pairwise(rows))
    return gaps[len(gaps) // 4] if gaps else None


def _leading(rows: Sequence[Row], size: float, page_leading: float) -> float:
    leading = leading_of(rows)
    if leading is None:
        return 0.0
    if len(rows) < FEW_ROWS:
        leading = min(leading, page_leading * size)
    return min(leading, WIDEST_LEADING * size)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is usual in a run. flush: left edge of most rows; right: edge that full rows reach."""

    leading: float
    flush: float
    right: float
    indents: bool
    centred: bool
    markers: dict[int, Marker]
    size_change: float

    @classmethod
    def of(cls, run: Run, context: Context) -> _Shape:
        rows = run.rows
        size = median(row.size for row in rows)
        flush = _most_common_left(rows, size)
        at_edge = sum(abs(row.box.left - flush) <= INDENT * size for row in rows)
        indented = sum(row.box.left - flush > INDENT * size for row in rows)
        return cls(
            _leading(rows, size, context.leading),
            flush,
            max(row.box.right for row in rows),
            indented <= INDENTED_SHARE * len(rows),
            at_edge < FLUSH_SHARE * len(rows),
            list_rows(rows, context),
            SIZE_CHANGE if context.sized else MEASURED_SIZE_CHANGE,
        )

    def starts(self, draft: Draft, at: int, row: Row) -> bool:
        """Whether a row begins a paragraph of its own after those of the draft."""
        last = draft.rows[-1]
        if at in self.markers or self._changes_type(last, row):
            return True
        extra = (row.top - last.bottom - self.leading) / min(last.size, row.size)
        if extra > (SIZED_GAP if self._is_other_size(last, row) else PARAGRAPH_GAP):
            return True
        if draft.marker:
            return self._leaves_item(draft.marker, last, row)
        return self._is_indented(last, row) or self._follows_short_line(draft, row)

    def _changes_type(self, last: Row, row: Row) -> bool:
        if (last.cells > 1) != (row.cells > 1) and max(last.cells, row.cells) > 2:
            return True
        low, high = sorted((last.size, row.size))
        if high > self.size_change * low and min(last.characters, row.characters) > 2:
            return True
        return last.bold != row.bold and min(last.characters, row.characters) > 2

    def _is_other_size(self, last: Row, row: Row) -> bool:
        """Perhaps: of a size that differs by what might be an error of measuring."""
        low, high = sorted((last.size, row.size))
        sized = last.main.sized and row.main.sized
        return high > (SIZE_CHANGE if sized else NOTED_SIZE_CHANGE) * low

    def _leaves_item(self, marker: Marker, last: Row, row: Row) -> bool:
        """A line that begins left of the marker, or under it after a line that was not full."""
        if row.box.left < marker.left - INDENT * row.size:
            return True
        under_marker = abs(row.box.left - marker.left) < INDENT * row.size
        hangs = marker.text_left - marker.left > INDENT * row.size
        return under_marker and hangs and self._is_short(last, row)

    def _is_indented(self, last: Row, row: Row) -> bool:
        """First lines that are indented, or entries whose further lines are."""
        size = row.size
        if self.centred and _is_centred(last, row):
            return False
        step = row.box.left - last.box.left
        if self.indents and row.box.left - self.flush > INDENT * size:
            at_edge = abs(last.box.left - self.flush) <= INDENT * size
            return at_edge and INDENT * size < step < WIDEST_INDENT * size
        outdented = self.flush - row.box.left > INDENT * size
        return outdented and -step > INDENT * size

    def _follows_short_line(self, draft: Draft, row: Row) -> bool:
        """The line before ends a sentence although the next word had room in it."""
        last = draft.rows[-1]
        if len(draft.rows) < 2 or not last.text.endswith(SENTENCE_ENDS):
            return False
        full = sum(self.right - each.box.right < SHORT_LINE * each.size for each in draft.rows)
        return 2 * full >= len(draft.rows) and self._is_short(last, row)

    def _is_short(self, last: Row, row: Row) -> bool:
        first = row.fragments[0]
        length = sum(len(word.text) + 1 for word in first.words)
        word = first.box.width * (len(first.words[0].text) + 1) / length
        return self.right - last.box.right > word + SHORT_LINE * row.size


def _is_centred(last: Row, row: Row) -> bool:
    """Both around one middle, with other edges."""
    middles = [(each.box.left + each.box.right) / 2 for each in (last, row)]
    apart = abs(last.box.left - row.box.left) > INDENT * row.size
    return apart and abs(middles[0] - middles[1]) < INDENT * row.size


def _most_common_left(rows: Sequence[Row], size: float) -> float:
    lefts = sorted(row.box.left for row in rows)
    near = INDENT * size / 2
    return max(
        lefts, key=lambda left: bisect_right(lefts, left + near) - bisect_left(lefts, left - near)
    )
