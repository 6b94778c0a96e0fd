"""Detection of lines that begin a paragraph or a list item, by comparison with their run."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

from .context import Context
from .draft import Draft
from .kinds.lists import Marker, list_rows, second_left
from .kinds.numbering import NUMBERED
from .reading_order.order import Run
from .rows import Row

# A gap above the run's usual leading by more than this share of the type size separates blocks.
PARAGRAPH_GAP = 0.35
# A smaller gap is enough where the type seems to have another size.
SIZED_GAP = 0.18
NOTED_SIZE_CHANGE = 1.18
# A gap up to this is unsure beside a line of few letters, whose ink may not show its height.
UNSURE_GAP = 0.6
# Type of another size separates blocks; sizes measured on ink are less exact.
SIZE_CHANGE, MEASURED_SIZE_CHANGE = 1.12, 1.4
# Limits of an indentation in type sizes: more is another column or a centred line.
INDENT, WIDEST_INDENT = 0.7, 6.0
# Share of a run's rows that may be indented if indentation begins paragraphs.
INDENTED_SHARE = 0.45
# Edges and middles of two headings set differently are more type sizes apart than this.
APART = 2.0
# A large first letter is higher than this many type sizes.
INITIAL = 1.6
# The second most common edge counts if at least one row in this many begins there.
FEWEST_BESIDE = 4
# Least share of the lines before paragraph starts that end a sentence.
ENDED_SHARE = 0.6
# A line is short if at least this many type sizes are free before the right edge.
SHORT_LINE = 3.0
# White space of more type sizes than this is not leading, even if all gaps of a run are this wide.
WIDEST_LEADING = 1.5
# Gaps that differ by at most this, in type sizes, are one leading.
EVEN = 0.2
# With fewer rows the page's other text is a better measure of the leading.
FEW_ROWS = 4
# Least share of rows that begin at one edge in a run that is not centred.
FLUSH_SHARE = 0.5
SENTENCE_ENDS = tuple('.!?:…"”»。！？')


def leading_of(rows: Sequence[Row]) -> float | None:
    """White space between the lines of a paragraph: the lower quartile, because gaps between
    paragraphs are larger. None for a single row."""
    gaps = sorted(lower.top - upper.bottom for upper, lower in pairwise(rows))
    return gaps[len(gaps) // 4] if gaps else None


def _are_even(rows: Sequence[Row], size: float) -> bool:
    gaps = [lower.top - upper.bottom for upper, lower in pairwise(rows)]
    return len(gaps) > 1 and max(gaps) - min(gaps) <= EVEN * size


def _leading(rows: Sequence[Row], size: float, page_leading: float) -> float:
    leading = leading_of(rows)
    if leading is None:
        return 0.0
    if len(rows) < FEW_ROWS:
        leading = min(leading, page_leading * size)
    return min(leading, WIDEST_LEADING * size)


@dataclass(frozen=True, slots=True)
class Shape:
    """Usual measures of a run. size: of its type; flush: left edge of most rows, or of those within
    paragraphs; right: edge that full rows reach; even: all rows are equally far apart; sized: sizes
    are known, not measured."""

    size: float
    leading: float
    flush: float
    right: float
    even: bool
    indents: bool
    centred: bool
    markers: dict[int, Marker]
    sized: bool

    @classmethod
    def of(cls, run: Run, context: Context) -> Shape:
        rows = run.rows
        size = median(row.size for row in rows)
        flush = _most_common_left(rows, size)
        way = _hanging_way(rows, size)
        if way:
            flush = _left_beside(rows, flush, size, way)
        at_edge = sum(abs(row.box.left - flush) <= INDENT * size for row in rows)
        indented = sum(row.box.left - flush > INDENT * size for row in rows)
        return cls(
            size,
            _leading(rows, size, context.leading),
            flush,
            max(row.box.right for row in rows),
            _are_even(rows, size),
            way < 0 or indented <= INDENTED_SHARE * len(rows),
            at_edge < FLUSH_SHARE * len(rows),
            list_rows(rows, context),
            context.sized,
        )

    def starts(self, draft: Draft, at: int, row: Row) -> bool:
        """Whether a row begins a new paragraph after the rows of the draft."""
        last = draft.rows[-1]
        # Larger type has more white between its lines.
        leading = self.leading * max(1.0, min(last.size, row.size) / self.size)
        extra = (row.top - last.bottom - leading) / min(last.size, row.size)
        completes = extra <= UNSURE_GAP and self._completes(last, row)
        if at in self.markers or (self._changes_type(last, row) and not completes):
            return True
        if extra > (SIZED_GAP if self._is_other_size(last, row) else PARAGRAPH_GAP):
            return not (completes or (self.even and self._goes_on(last, row)))
        if draft.marker:
            return self._leaves_item(draft, draft.marker, row)
        if _hangs_from_number(draft, row) or _is_beside_initial(draft, row):
            return False
        if _are_set_apart(last, row) or _leaves_pairs(draft, row):
            return True
        if self._hangs(draft, row):
            return False
        return self._is_indented(last, row) or self._follows_short_line(draft, row)

    def _completes(self, last: Row, row: Row) -> bool:
        """Whether the row completes the sentence of a full line in a picture, where the size and
        weight of a few letters are measured inexactly."""
        if self.sized or last.cells > 1 or row.cells > 1 or not row.text[:1].islower():
            return False
        return self._is_flush(row) and self._goes_on(last, row)

    def _goes_on(self, last: Row, row: Row) -> bool:
        """Whether the last line is full and ends no sentence, with the row at a usual distance."""
        near = row.top - last.bottom <= WIDEST_LEADING * row.size
        full = self.right - last.box.right < SHORT_LINE * last.size
        return near and full and not last.text.endswith(SENTENCE_ENDS) and not last.bold

    def _changes_type(self, last: Row, row: Row) -> bool:
        if (last.cells > 1) != (row.cells > 1) and max(last.cells, row.cells) > 2:
            return True
        low, high = sorted((last.size, row.size))
        change = SIZE_CHANGE if self.sized else MEASURED_SIZE_CHANGE
        if high > change * low and min(last.characters, row.characters) > 2:
            return True
        return last.bold != row.bold and min(last.characters, row.characters) > 2

    def _is_other_size(self, last: Row, row: Row) -> bool:
        """Whether the sizes differ, perhaps only by an error of measurement."""
        low, high = sorted((last.size, row.size))
        sized = last.main.sized and row.main.sized
        return high > (SIZE_CHANGE if sized else NOTED_SIZE_CHANGE) * low

    def _leaves_item(self, draft: Draft, marker: Marker, row: Row) -> bool:
        """Whether the row begins left of the marker, or under it after a line that was not full."""
        last = draft.rows[-1]
        if marker.is_decimal and self._is_short(last, row):
            return True
        if row.box.left < marker.left - INDENT * row.size:
            return not self._goes_on_at_margin(draft, row)
        under_marker = abs(row.box.left - marker.left) < INDENT * row.size
        hangs = marker.text_left - marker.left > INDENT * row.size
        return under_marker and hangs and self._is_short(last, row)

    def _goes_on_at_margin(self, draft: Draft, row: Row) -> bool:
        """Whether it continues an item with only its first line indented, as in a paragraph."""
        last = draft.rows[-1]
        if len(draft.rows) > 1:
            return abs(row.box.left - last.box.left) < INDENT * row.size
        ended = last.text.endswith(SENTENCE_ENDS) and not row.text[:1].islower()
        return not ended and not self._is_short(last, row)

    def _is_indented(self, last: Row, row: Row) -> bool:
        """Whether it is an indented first line, or begins an entry whose further lines hang."""
        size = row.size
        if self.centred and _is_centred(last, row):
            return False
        step = row.box.left - last.box.left
        if self.indents and row.box.left - self.flush > INDENT * size:
            if abs(step) <= INDENT * size / 2:
                return last.text.endswith(SENTENCE_ENDS) and self._is_short(last, row)
            return self._is_flush(last) and INDENT * size < step < WIDEST_INDENT * size
        outdented = self.flush - row.box.left > INDENT * size
        return outdented and -step > INDENT * size and self._is_flush(last)

    def _hangs(self, draft: Draft, row: Row) -> bool:
        """Whether it continues the first line of an entry whose further lines hang."""
        last = draft.rows[-1]
        if len(draft.rows) > 1:
            return False
        ended = last.text.endswith(SENTENCE_ENDS) or last.cells > 1 or row.cells > 1
        return not ended and row.text[:1].islower() and not self._is_short(last, row)

    def _is_flush(self, row: Row) -> bool:
        return abs(row.box.left - self.flush) <= INDENT * row.size

    def _follows_short_line(self, draft: Draft, row: Row) -> bool:
        """Whether the line before ends a sentence although the next word would have fitted."""
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


def _hangs_from_number(draft: Draft, row: Row) -> bool:
    """Whether it is the second line of a numbered heading or clause, which begins under the text of
    the first."""
    first = draft.rows[0]
    number = NUMBERED.match(first.text)
    if len(draft.rows) > 1 or not number or first.bold != row.bold:
        return False
    word = first.fragments[0].words[0].text
    if len(word) != len(number[0].strip()) or first.characters == len(word):
        return False
    text_left = second_left(first)
    near = abs(row.box.left - text_left) < INDENT * row.size / 2
    return near and text_left - first.box.left > INDENT * row.size


def _are_set_apart(last: Row, row: Row) -> bool:
    """Whether they are two headings: bold lines with different edges and middles."""
    if not (last.bold and row.bold):
        return False
    edges = (last.box.left - row.box.left, last.box.right - row.box.right)
    return all(abs(apart) > APART * row.size for apart in (*edges, sum(edges) / 2))


def _leaves_pairs(draft: Draft, row: Row) -> bool:
    """Whether it is a line of one piece below lines of two, such as terms and their definitions."""
    if len(draft.rows) < 2 or row.cells > 1 or any(each.cells != 2 for each in draft.rows):
        return False
    second = min(each.fragments[-1].box.left for each in draft.rows)
    return row.box.left < second - INDENT * row.size and row.box.right > second


def _is_centred(last: Row, row: Row) -> bool:
    """Whether both have the same middle but different edges."""
    middles = [(each.box.left + each.box.right) / 2 for each in (last, row)]
    apart = abs(last.box.left - row.box.left) > INDENT * row.size
    return apart and abs(middles[0] - middles[1]) < INDENT * row.size


def _is_beside_initial(draft: Draft, row: Row) -> bool:
    """Whether it is a line to the right of a large first letter."""
    initial = draft.rows[0].fragments[0]
    large = initial.characters == 1 and initial.box.height > INITIAL * row.size
    return large and (row.box.top + row.box.bottom) / 2 < initial.box.bottom


def _left_beside(rows: Sequence[Row], flush: float, size: float, way: int) -> float:
    """Left edge of the lines left (-1) or right (1) of the most common edge, if enough exist."""
    beside = [
        row for row in rows if INDENT * size < way * (row.box.left - flush) < WIDEST_INDENT * size
    ]
    enough = FEWEST_BESIDE * len(beside) >= len(rows)
    return _most_common_left(beside, size) if beside and enough else flush


def _hanging_way(rows: Sequence[Row], size: float) -> int:
    """-1 if sentences end before lines that begin further right (short indented paragraphs), 1 if
    they end before lines further left (entries with hanging lines), else 0."""
    steps = [(last, row.box.left - last.box.left) for last, row in pairwise(rows)]
    inwards = [_ends_sentence(last) for last, step in steps if step > INDENT * size]
    outwards = [_ends_sentence(last) for last, step in steps if -step > INDENT * size]
    if not inwards or not outwards or max(mean(inwards), mean(outwards)) < ENDED_SHARE:
        return 0
    return (mean(outwards) > mean(inwards)) - (mean(inwards) > mean(outwards))


def _ends_sentence(row: Row) -> bool:
    return row.text.endswith(SENTENCE_ENDS)


def _most_common_left(rows: Sequence[Row], size: float) -> float:
    lefts = sorted(row.box.left for row in rows)
    near = INDENT * size / 2
    return max(
        lefts, key=lambda left: bisect_right(lefts, left + near) - bisect_left(lefts, left - near)
    )
