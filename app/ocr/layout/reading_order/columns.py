"""Evidence that a white strip separates columns of text, not the cells of a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from app.ocr.layout.kinds.lists import MARKER_WIDTH, is_marker
from app.ocr.layout.rows import Row
from app.ocr.result import Bbox

from .fragments import Fragment
from .gutters import Items, extent, groups_of, strips, text_of
from .parallel_lists import are_lists
from .rules import Rules
from .short_blocks import are_blocks

# Running text: enough lines with at least this many characters that mostly fill their column.
COLUMN_CHARACTERS = 14
COLUMN_FILL = 0.6
COLUMN_LINES = 3
COLUMN_SHARE = 0.3
# With at most this many lines, at least one must begin with a small letter, within a sentence.
FEW_LINES = 6
# Two lines are a column if the first one is at least this long and continues in the second.
SHORT_COLUMN_CHARACTERS = 20
# Text of at most this many lines may stray between two columns.
FEW_STRAY = 1
# A gap through few lines may be chance: a gutter is at least this many type sizes wide, divided by
# the number of lines next to it.
GUTTER_LINES = 4.0
# Without prose, a column needs lines at least this long: numbers and labels are cells.
TEXT_CHARACTERS = 9
# Prose with notes beside it has paragraphs of at least this many lines.
PARAGRAPH_LINES = 2.5
# Lines are on one row if their middles are at most this many type sizes apart.
ALIGNED = 0.2
# Columns share few rows by chance; cells share most.
ALIGNED_SHARE = 0.5
# Labels are next to the beginnings of paragraphs; of notes, only a smaller share than this.
STARTS_SHARE = 0.8
# Share of the common height that a drawn line or picture must fill to separate columns by itself.
PARTED_SHARE = 0.6
# A paragraph begins after a line that fills less than this share of the column.
SHORT_LINE = 0.85
# Least share of the numbers in front of lines that must be consecutive.
LINE_NUMBERS = 0.7


def columns(items: Items, rules: Rules) -> list[Items]:
    """The items split where columns meet; one part if there is no gutter."""
    parts: list[Items] = []
    column: Column | None = None
    parted = _with_markers(strips(items))
    if len(parted) == 1:
        return parted
    for strip in parted:
        following = Column(strip, rules)
        if column and not _is_gutter(column, following, rules):
            parts[-1] = parts[-1] + strip
            # A page number between two columns is no evidence about the gutter after it.
            column = Column(parts[-1], rules) if len(following.rows) <= FEW_STRAY else following
        else:
            parts.append(strip)
            column = following
    return parts


def _with_markers(parts: list[Items]) -> list[Items]:
    """Joins each strip of list markers or line numbers with the text on its right."""
    result: list[Items] = []
    markers: Items = []
    for strip in parts:
        if _are_markers(strip):
            markers = markers + strip
        else:
            result.append(markers + strip)
            markers = []
    return result if not markers else [*result, markers]


def _are_markers(strip: Items) -> bool:
    texts = text_of(strip)
    if len(texts) < len(strip):
        return False
    if not texts or extent(strip).width > MARKER_WIDTH * texts[0].size:
        return False
    return all(is_marker(each.words[0].text) for each in texts) or _are_numbers(texts)


def _are_numbers(texts: list[Fragment]) -> bool:
    """Whether they are line numbers: most are one more than the number above."""
    numbers = [
        int(each.words[0].text)
        for each in sorted(texts, key=lambda each: each.box.top)
        if each.words[0].text.isdecimal()
    ]
    following = sum(after == number + 1 for number, after in pairwise(numbers))
    return len(numbers) >= COLUMN_LINES and following >= LINE_NUMBERS * (len(texts) - 1)


@dataclass(frozen=True)
class Column:
    """A strip between two gutters."""

    items: Items
    rules: Rules

    @cached_property
    def box(self) -> Bbox:
        return extent(self.items)

    @cached_property
    def texts(self) -> list[Fragment]:
        return text_of(self.items)

    @cached_property
    def rows(self) -> list[Row]:
        """Rows of its text, without groups. They are costly, so only made when needed."""
        return self.rules.rows_of(self.texts)

    @property
    def is_running_text(self) -> bool:
        """Whether it looks like prose rather than like cells of a table.

        Judged by its full lines: headings, dialogue and ends of paragraphs are short anywhere.
        """
        full = [row for row in self.rows if self._is_full(row)]
        if len(self.rows) < COLUMN_LINES:
            return self._goes_on()
        enough = len(full) >= max(COLUMN_LINES, COLUMN_SHARE * len(self.rows))
        return enough and (len(self.rows) > FEW_LINES or self._has_sentences())

    def _has_sentences(self) -> bool:
        """Whether some line continues in the next one, unlike entries of a form; assumed for
        scripts without small letters."""
        beginnings = [row.text[:1] for row in self.rows[1:]]
        return any(map(str.islower, beginnings)) or not any(map(str.isupper, beginnings))

    @property
    def is_text(self) -> bool:
        """Whether it is more than numbers and labels."""
        return median(row.length for row in self.rows) >= TEXT_CHARACTERS

    def _is_full(self, row: Row) -> bool:
        return row.box.width >= COLUMN_FILL * self.box.width and row.length >= COLUMN_CHARACTERS

    def _goes_on(self) -> bool:
        if len(self.rows) != 2 or self.rows[0].length < SHORT_COLUMN_CHARACTERS:
            return False
        return self.rows[0].text[-1:] not in ".:!?" and self.rows[1].text[:1].islower()

    def paragraph_starts(self) -> list[Row]:
        """Rows after a short line or a wide gap, and the first one."""
        starts = self.rows[:1]
        gaps = [after.top - row.bottom for row, after in self._pairs()]
        usual = median(gaps) if gaps else 0.0
        for (row, after), gap in zip(self._pairs(), gaps, strict=True):
            short = row.box.right - self.box.left < SHORT_LINE * self.box.width
            if short or gap > usual + 0.3 * row.size:
                starts.append(after)
        return starts

    def _pairs(self) -> list[tuple[Row, Row]]:
        return list(zip(self.rows, self.rows[1:], strict=False))


def are_short_blocks(items: Items, rules: Rules) -> bool:
    """Whether some of the items are short blocks side by side, and none is a group."""
    if groups_of(items):
        return False
    rows = [Column(strip, rules).rows for strip in strips(items)]
    return any(are_blocks(left, right, rules.across) for left, right in pairwise(rows))


def _is_gutter(left: Column, right: Column, rules: Rules) -> bool:
    if _has_large_group(left) or _has_large_group(right):
        return True
    if not left.texts or not right.texts:
        return False
    # One row is a column only beside a drawn line. Tested before the rows of the left column are
    # made: along the axis of a chart, it grows label by label.
    if len(right.rows) < 2 and not _is_parted(left, right, rules.down):
        return False
    if are_lists(left.rows, right.rows) or are_blocks(left.rows, right.rows, rules.across):
        return True
    return _parts_text(left, right, rules)


def _parts_text(left: Column, right: Column, rules: Rules) -> bool:
    """Whether there is running text or a drawn line, or the lines are at different heights."""
    fewer, more = sorted((left, right), key=lambda column: len(column.rows))
    parted = _is_parted(left, right, rules.down) and fewer.is_text and more.is_text
    if not parted and not _is_wide_enough(left, right, len(fewer.rows)):
        return False
    prose = [column for column in (left, right) if column.is_running_text]
    if len(prose) == 2 or (prose and parted):
        return True
    if len(prose) == 1:
        return _is_independent(prose[0], right if prose[0] is left else left)
    if len(fewer.rows) < COLUMN_LINES or not (fewer.is_text and more.is_text):
        return False
    return _aligned_share(fewer.rows, more.rows) < ALIGNED_SHARE


def _is_wide_enough(left: Column, right: Column, lines: int) -> bool:
    return right.box.left - left.box.right >= GUTTER_LINES / lines * right.rows[0].size


def _has_large_group(column: Column) -> bool:
    height = sum(group.box.height for group in groups_of(column.items))
    return height >= PARTED_SHARE * max(1, column.box.height)


def _is_parted(left: Column, right: Column, parting: Sequence[Bbox]) -> bool:
    """Whether a line is drawn between them along most of their common height."""
    top, bottom = max(left.box.top, right.box.top), min(left.box.bottom, right.box.bottom)
    drawn = sum(
        max(0, min(rule.bottom, bottom) - max(rule.top, top))
        for rule in parting
        if left.box.right <= rule.right and rule.left <= right.box.left
    )
    return bottom > top and drawn >= PARTED_SHARE * (bottom - top)


def _is_independent(prose: Column, other: Column) -> bool:
    """Whether the other column is notes or a list, not labels of the paragraphs next to them."""
    if len(other.rows) < 2 or not other.is_text:
        return False
    starts = prose.paragraph_starts()
    if len(prose.rows) < PARAGRAPH_LINES * len(starts):
        return False
    return (
        _aligned_share(other.rows, prose.rows) < ALIGNED_SHARE
        or _aligned_share(other.rows, starts) < STARTS_SHARE
    )


def _aligned_share(rows: list[Row], others: list[Row]) -> float:
    """Share of the rows that have one of the others at their height."""
    middles = [_middle(row) for row in others]
    aligned = (
        any(abs(_middle(row) - middle) <= ALIGNED * row.size for middle in middles) for row in rows
    )
    return sum(aligned) / len(rows)


def _middle(row: Row) -> float:
    return (row.top + row.bottom) / 2
