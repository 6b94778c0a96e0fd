"""Line numbers (each, each fifth or tenth) in the margin of manuscripts, poems and editions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.ocr.layout.context import Context
from app.ocr.layout.reading_order.fragments import Fragment
from app.ocr.result import Bbox

# Least numbers of one column; those of some lines may be missing, as at headings.
FEWEST = 3
# Edges of numbers in one column differ by at most this, in type sizes of the text.
NEAR = 0.5
# Largest distance from a number to the text of its line, in type sizes.
FURTHEST = 6.0
# A numbered line has at least this many characters.
LEAST_CHARACTERS = 8
# Lines between two numbers are counted with this error, as a share.
MISCOUNT = 0.25
# Least share of numbers that are next to a line and count right; others are at centred headings.
USUAL = 0.75
MOST_DIGITS = 5
# If every line has a number: least count, largest size and least distance, in the text's type size.
FEWEST_OF_ALL, SMALL, CLEAR = 8, 0.8, 0.6
# Lines whose middles are nearer than this, in type sizes, are one.
SAME_LINE = 0.4


def line_numbers(fragments: Sequence[Fragment], context: Context) -> list[list[Fragment]]:
    """Columns of line numbers, each from the top. If every line has one, they must be small and
    clear of the text, which must not be code."""
    numbers = [each for each in fragments if _number(each) is not None]
    if len(numbers) < FEWEST:
        return []
    texts = [each for each in fragments if each.characters >= LEAST_CHARACTERS]
    found: list[list[Fragment]] = []
    for column in _columns(numbers, NEAR * context.body):
        runs = (run for run in _series(column) if len(run) >= FEWEST)
        found += [run for run in runs if _are_in_margin(run, texts, context)]
    return found


def _number(fragment: Fragment) -> int | None:
    text = fragment.words[0].text
    is_number = len(fragment.words) == 1 and text.isdecimal() and len(text) < MOST_DIGITS
    return int(text) if is_number else None


def _columns(numbers: Sequence[Fragment], near: float) -> Iterator[list[Fragment]]:
    """Numbers with a common right edge, from the top."""
    left = sorted(numbers, key=lambda each: (each.box.right, each.box.top))
    column: list[Fragment] = []
    for each in left:
        if column and each.box.right - column[-1].box.right > near:
            yield sorted(column, key=lambda one: one.box.top)
            column = []
        column.append(each)
    yield sorted(column, key=lambda one: one.box.top)


def _series(column: Sequence[Fragment]) -> Iterator[list[Fragment]]:
    """Runs that grow by a constant step."""
    run: list[Fragment] = []
    step = 0
    for each in column:
        growth = (_number(each) or 0) - (_number(run[-1]) or 0) if run else 0
        if run and not (growth > 0 and (len(run) == 1 or growth == step)):
            yield run
            run = []
        run.append(each)
        step = growth
    if run:
        yield run


def _are_in_margin(run: Sequence[Fragment], texts: Sequence[Fragment], context: Context) -> bool:
    """Whether the numbers are beside lines of text and differ by the lines between them."""
    box = Bbox.around(each.box for each in run)
    crossed = any(
        text.box.left < box.right
        and box.left < text.box.right
        and text.box.top < box.bottom
        and box.top < text.box.bottom
        for text in texts
    )
    beside = sum(_has_line(each, texts, context.body) for each in run)
    if crossed or beside < USUAL * len(run):
        return False
    if _number(run[1]) == (_number(run[0]) or 0) + 1 and not _are_small(run, texts, context):
        return False
    counts = [
        _lines_between(one, other, texts, context.body)
        / ((_number(other) or 0) - (_number(one) or 0))
        for one, other in pairwise(run)
    ]
    right = sum(abs(count - 1) <= MISCOUNT for count in counts)
    return right >= USUAL * len(counts)


def _are_small(run: Sequence[Fragment], texts: Sequence[Fragment], context: Context) -> bool:
    """Whether they are many, in smaller type, clear of text that is known not to be code."""
    beside = [
        text for each in run for text in texts if text.box.top <= each.middle <= text.box.bottom
    ]
    near = CLEAR * context.body
    clear = all(_white_between(run[-1].box, text.box) >= near for text in beside)
    small = max(each.size for each in run) <= SMALL * context.body
    mono = sum(text.monospaced is not False for text in beside)
    return len(run) >= FEWEST_OF_ALL and small and clear and 2 * mono < len(beside)


def _has_line(number: Fragment, texts: Sequence[Fragment], size: float) -> bool:
    return any(
        text.box.top <= number.middle <= text.box.bottom
        and 0 <= _white_between(number.box, text.box) <= FURTHEST * size
        for text in texts
    )


def _white_between(one: Bbox, other: Bbox) -> int:
    return max(one.left - other.right, other.left - one.right)


def _lines_between(one: Fragment, other: Fragment, texts: Sequence[Fragment], size: float) -> int:
    """Number of lines below that of the first number, up to that of the other."""
    near = SAME_LINE * size
    middles = sorted(
        text.middle for text in texts if one.middle + near < text.middle <= other.middle + near
    )
    return sum(lower - upper > near for upper, lower in pairwise([one.middle, *middles]))
