"""Headings by size, weight, capitals and numbering, and their levels on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.ocr.layout.context import Context
from app.ocr.layout.draft import Draft
from app.ocr.layout.reading_order.areas import covers
from app.ocr.layout.symbols.symbol_fonts import is_leader
from app.ocr.layout.tables.unruled.lines import is_number
from app.ocr.result import Bbox

from .formulas import is_formula
from .numbering import depth_of, has_neighbour, is_in_numbered_capitals, is_titled
from .type_size import largest_size

# A heading is short, in lines and characters.
MOST_LINES, MOST_CHARACTERS = 4, 200
# A heading is larger than the body by this factor; sizes measured on ink are less exact.
LARGER, MEASURED_LARGER = 1.12, 1.22
# On a page with many notes the text may be larger than most characters, but by less than this.
CLEARLY_LARGER = 1.3
# No error of measurement is as large as this.
SURELY_LARGER = 1.6
# Measured size that is enough for a short line with white above it.
MEASURED_NOTED = 1.17
# Where this share and number of regular lines measure larger than the body, between this factor and
# that of a heading, the sizes only scatter, as on a slanted page.
SCATTERED, SCATTERED_SHARE, FEWEST_SCATTERED = 1.1, 0.08, 4
# Least size, relative to the body or the text below, of headings by weight, capitals or number.
AS_LARGE = 0.93
# The same for a short line with white above.
SMALL = 0.88
# The same for small capitals after a number.
SMALL_CAPITALS = 0.75
# Least white space above, in type sizes, of a heading known only by its number or capitals.
SPACE_ABOVE = 0.5
# Sizes of one level differ by less than this share.
SAME_LEVEL, MEASURED_SAME_LEVEL = 0.05, 0.14
DEEPEST_LEVEL = 6
# Most letters of a label in a drawing.
LABEL = 4
# Endings of sentences and of lines that continue.
ENDINGS = (".", ",", ";", "。", "、", "，", "-")
# A line of a paragraph fills this share of its column.
FULL = 0.85


def mark_headings(drafts: Sequence[Draft], context: Context, tables: Sequence[Bbox] = ()) -> None:
    """Sets kind and level of headings among drafts of kind text.

    drafts: in reading order; tables: boxes in the frame.
    """
    larger = _Larger.of(drafts, context)
    headings = [
        draft
        for at, draft in enumerate(drafts)
        if draft.kind == "text" and _is_heading(drafts, at, context, larger, tables)
    ]
    if len(headings) > max(1, 0.6 * len(drafts)) and len(drafts) > 3:
        # A poster or a form, where size does not mean importance.
        headings = [each for each in headings if each.size > 1.5 * context.body]
    for draft in headings:
        draft.kind = "heading"
    _set_levels(headings, context)


@dataclass(frozen=True, slots=True)
class _Larger:
    """Least sizes of headings: of any, and of short ones with white above."""

    any: float
    noted: float

    @classmethod
    def of(cls, drafts: Sequence[Draft], context: Context) -> _Larger:
        if context.sized:
            return cls(LARGER * context.body, LARGER * context.body)
        rows = [row for draft in drafts for row in draft.rows if not row.bold]
        low, high = SCATTERED * context.body, MEASURED_LARGER * context.body
        scattered = sum(low <= row.size < high for row in rows)
        if scattered >= max(FEWEST_SCATTERED, SCATTERED_SHARE * len(rows)):
            return cls(CLEARLY_LARGER * context.body, CLEARLY_LARGER * context.body)
        return cls(high, MEASURED_NOTED * context.body)


def _is_heading(
    drafts: Sequence[Draft],
    at: int,
    context: Context,
    larger: _Larger,
    tables: Sequence[Bbox],
) -> bool:
    draft = drafts[at]
    text = draft.text
    if len(draft.rows) > MOST_LINES or draft.characters > MOST_CHARACTERS:
        return False
    if _is_label(draft, context) or _is_tabular(draft) or is_formula(draft.rows):
        return False
    if draft.size >= larger.any:
        return not (text.endswith((",", ";", "-")) or _reads_as_sentence(draft, context))
    is_last = at + 1 == len(drafts) and all(table.top < draft.box.bottom for table in tables)
    if is_last or len(draft.rows) > 2 or (text.endswith(ENDINGS) and not _is_counted(drafts, at)):
        return False
    below = min([context.body, *(following.size for following in drafts[at + 1 : at + 2])])
    if draft.size < _least_size(drafts, at) * below:
        return False
    if draft.bold and not context.bold_body:
        return True
    titled = draft.size >= larger.noted or _is_titled(drafts, at)
    return titled and _is_apart(drafts, at) and _is_short(draft)


def _is_counted(drafts: Sequence[Draft], at: int) -> bool:
    """Whether it and other blocks in bold type are numbered, like the questions of a form."""
    others = (draft.text for draft in drafts if draft.bold)
    return drafts[at].bold and has_neighbour(drafts[at].text, others)


def _least_size(drafts: Sequence[Draft], at: int) -> float:
    """The least size of a heading as a share of the text's."""
    if is_in_numbered_capitals(drafts[at].text):
        return SMALL_CAPITALS
    return SMALL if _is_apart(drafts, at) and _is_short(drafts[at]) else AS_LARGE


def _is_tabular(draft: Draft) -> bool:
    """Whether it is rows of cells or a contents page's entry: text, white or dots, a number."""
    if any(row.cells > 2 for row in draft.rows):
        return True
    if len(draft.rows) > 1 and all(row.cells > 1 for row in draft.rows):
        return True
    last = draft.rows[-1]
    first = last.fragments[0].words[-1].text
    if last.cells > 1 and first.endswith((":", "：")):
        return True
    words = [word.text for fragment in last.fragments for word in fragment.words]
    if not is_number(words[-1]):
        return False
    apart = last.cells > 1 and last.fragments[-1].characters == len(words[-1])
    return apart or (len(words) > 1 and is_leader(words[-2]))


def _is_code(draft: Draft, context: Context) -> bool:
    fragments = (fragment for row in draft.rows for fragment in row.fragments)
    return not context.mono_body and all(fragment.monospaced for fragment in fragments)


def _is_label(draft: Draft, context: Context) -> bool:
    """Whether it has fewer than two letters, or few inside a drawing."""
    letters = sum(map(str.isalpha, draft.text))
    drawn = letters <= LABEL and any(covers(area, draft.box) for area in context.pictures)
    return letters < 2 or drawn


def _reads_as_sentence(draft: Draft, context: Context) -> bool:
    """Whether it is text in larger type, not a heading: large print such as an introduction; full
    lines and code a little larger than most text, where notes are small; or a sentence whose
    raised marks and formulas make its lines measure too large."""
    ends = draft.text.endswith((".", "。"))
    plain = not draft.bold and draft.size < CLEARLY_LARGER * context.body
    if plain and (_is_code(draft, context) or (len(draft.rows) > 1 and not _is_short(draft))):
        return True
    if len(draft.rows) > 2:
        return ends
    if context.sized or draft.bold or draft.size >= SURELY_LARGER * context.body:
        return False
    return ends or "。" in draft.text


def _is_titled(drafts: Sequence[Draft], at: int) -> bool:
    spaced = len(drafts[at].rows[0].fragments) > 1
    return is_titled(drafts[at].text, (draft.text for draft in drafts), spaced=spaced)


def _is_apart(drafts: Sequence[Draft], at: int) -> bool:
    """Whether white, a heading or nothing at all is above it."""
    if at == 0:
        return True
    draft, above = drafts[at], drafts[at - 1]
    if above.bold and _is_short(above):
        return True
    gap = draft.box.top - above.box.bottom
    return gap < 0 or gap >= SPACE_ABOVE * draft.size


def _is_short(draft: Draft) -> bool:
    return all(row.box.width < FULL * draft.column.width for row in draft.rows)


def _set_levels(headings: Sequence[Draft], context: Context) -> None:
    """Level 1 for the largest; at one size bold precedes regular, and number 1 precedes 1.1."""
    styles: list[_Style] = []
    found = ((_Style.of(draft, context), draft) for draft in headings)
    for style, draft in sorted(found, key=lambda each: each[0].rank):
        if not styles or not styles[-1].is_like(style, sized=context.sized):
            styles.append(style)
        elif style.depth:
            # Headings without a number come first and share the level of the shortest numbers.
            styles[-1] = replace(styles[-1], depth=style.depth)
        draft.level = min(len(styles), DEEPEST_LEVEL)


@dataclass(frozen=True, slots=True)
class _Style:
    """size, largest: the type size, or the least and the largest that it may be if measured.

    depth: of its number, 0 without one.
    """

    size: float
    largest: float
    bold: bool
    depth: int

    @classmethod
    def of(cls, draft: Draft, context: Context) -> _Style:
        size = draft.size
        largest = size if context.sized else largest_size(draft.text, size)
        return cls(size, largest, draft.bold, depth_of(draft.text))

    @property
    def rank(self) -> tuple[float, bool, int]:
        return -self.largest, not self.bold, self.depth

    def is_like(self, other: _Style, *, sized: bool) -> bool:
        near = 1 + (SAME_LEVEL if sized else MEASURED_SAME_LEVEL)
        depths = {self.depth, other.depth} - {0}
        sizes = self.size <= near * other.largest and other.size <= near * self.largest
        return sizes and self.bold == other.bold and len(depths) < 2
