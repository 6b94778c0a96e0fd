"""Pieces of text from the glyphs of a PDF page: words, the spaces between them, and baselines."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from statistics import median

from app.ocr import scripts
from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox, Word
from app.ocr.scripts import is_right_to_left

from .advances import with_sure_advances
from .baseline import Placed, placed
from .bidi import bracketed, in_reading_order, runs_leftwards, segments
from .glyphs import Glyph

# Of the font's size: a wider gap between the advances of two glyphs is a space.
SPACE = 0.12
# The same where PDFium sees a space: the hook of an "f" reaches into the space after it.
SPACE_BEHIND_HOOK = 0.06
SPACE_OF_UNSPACED = 0.6
# A space in the file whose gap is within these is invisible; below them, the widths are wrong.
TAKEN_BACK = (-0.1, 0.03)
# Narrower gaps separate no Hebrew or Arabic words in a line that contains spaces.
JOINED = 0.3
# A wider gap is not a space but the start of another column or cell.
PIECE_GAP = 1.5
# Letterspacing is the gap that the letters of a run have in common, up to this.
MAX_LETTERSPACING = 0.45
LEAST_RUN = 4
# Two glyphs belong to one line if they have this share of the lower one's height in common.
COMMON_HEIGHT = 0.2
SAME_ANGLE = 3
# Share of bold glyphs that makes a piece bold: a line with only its first words bold is no heading.
MOST = 0.75
# Least share of glyphs that are not monospaced for them to decide the size of a piece.
LEAST_PLAIN = 0.15


def pieces_of_glyphs(glyphs: Sequence[Glyph]) -> list[tuple[Piece, frozenset[int]]]:
    """Pieces in the order of the content, each with the fonts of its glyphs."""
    glyphs = with_sure_advances(in_reading_order(glyphs))
    vertical = _runs_vertically(glyphs)
    in_frame = (placed(glyph, _angle(glyph, vertical)) for glyph in glyphs)
    return [_piece(run, vertical) for run in _runs(in_frame)]


def _runs_vertically(glyphs: Sequence[Glyph]) -> bool:
    """Whether it is Chinese or Japanese in columns: most glyphs are below their predecessor."""
    steps: Counter[bool] = Counter()
    for one, other in pairwise(glyphs):
        if one.angle == other.angle == 0 and is_unspaced(one.text) and is_unspaced(other.text):
            across, down = other.box[0] - one.box[0], other.box[1] - one.box[1]
            steps[down > abs(across)] += 1
    return steps[True] > steps[False]


def _angle(glyph: Glyph, vertical: bool) -> int:
    return glyph.angle or (90 if vertical and is_unspaced(glyph.text) else 0)


def _runs(glyphs: Iterable[Placed]) -> Iterator[list[Placed]]:
    run: list[Placed] = []
    leftwards = False
    for each in glyphs:
        leftwards = leftwards or runs_leftwards(each.glyph.text)
        if run and _is_elsewhere(run[-1], each, leftwards):
            yield run
            run = []
            leftwards = runs_leftwards(each.glyph.text)
        run.append(each)
    if run:
        yield run


def _is_elsewhere(last: Placed, following: Placed, leftwards: bool) -> bool:
    """Whether a glyph starts another piece. leftwards: the run or the glyph is Hebrew or Arabic."""
    turn = abs(last.glyph.angle - following.glyph.angle)
    if SAME_ANGLE < turn < 360 - SAME_ANGLE:
        return True
    common = min(last.bottom, following.bottom) - max(last.top, following.top)
    lower = min(last.bottom - last.top, following.bottom - following.top)
    if common < COMMON_HEIGHT * lower:
        return True
    size = max(last.glyph.size, following.glyph.size)
    if leftwards:
        # A number in such a line runs the other way, so that its neighbours are not next to it.
        return following.start - last.end > PIECE_GAP * size
    gap = following.start - last.end
    return gap > PIECE_GAP * size or following.end < last.start + 0.1 * size


@lru_cache(maxsize=4096)
def is_unspaced(text: str) -> bool:
    return scripts.is_unspaced(text[0])


def _piece(run: list[Placed], vertical: bool) -> tuple[Piece, frozenset[int]]:
    glyphs = [each.glyph for each in run]
    text = "".join(glyph.text for glyph in glyphs)
    words = tuple(_words(run))
    if vertical and sum(map(is_unspaced, text)) * 2 > len(text):
        direction = "ttb"
    else:
        direction = "rtl" if is_right_to_left(text) else "ltr"
    if direction == "rtl":
        words = tuple(replace(word, text=bracketed(word.text)) for word in words)
    piece = Piece(
        words,
        direction,
        float(glyphs[0].angle),
        font_size=_font_size(glyphs),
        bold=_mostly(glyphs, "bold"),
        italic=_mostly(glyphs, "italic"),
        monospaced=_mostly(glyphs, "monospaced"),
    )
    return piece, frozenset(glyph.font for glyph in glyphs)


def _font_size(glyphs: Sequence[Glyph]) -> float:
    """Size of the text that is not monospaced, if there is enough of it: code within a line has
    another size, chosen to look like the rest."""
    plain = [glyph.size for glyph in glyphs if glyph.owner and not glyph.owner.font.monospaced]
    if len(plain) < LEAST_PLAIN * len(glyphs):
        plain = [glyph.size for glyph in glyphs]
    return float(median(plain))


def _mostly(glyphs: Sequence[Glyph], style: str) -> bool:
    styled = sum(bool(glyph.owner and getattr(glyph.owner.font, style)) for glyph in glyphs)
    return styled >= MOST * len(glyphs)


def _words(run: list[Placed]) -> Iterator[Word]:
    """The words of a run; one also ends, without a space, where Chinese meets Latin."""
    spaces = _spaces(run)
    start = 0
    for at in range(1, len(run) + 1):
        ends = at == len(run) or spaces[at]
        if ends or is_unspaced(run[at].glyph.text) != is_unspaced(run[at - 1].glyph.text):
            yield _word([each.glyph for each in run[start:at]], space_after=ends)
            start = at


def _spaces(run: list[Placed]) -> list[bool]:
    """Whether a space comes before each glyph."""
    leftwards = any(runs_leftwards(each.glyph.text) for each in run)
    gaps = _gaps_leftwards(run) if leftwards else [_gap(*pair) for pair in pairwise(run)]
    wide = SPACE + _letterspacing(run, gaps)
    if leftwards and any(each.glyph.spaced for each in run[1:]):
        wide = max(wide, JOINED)
    spaces = [True]
    for (one, other), gap in zip(pairwise(run), gaps, strict=True):
        if other.glyph.spaced and not (_is_bracket(one) if leftwards else _is_joined(one, other)):
            spaces.append(True)
        elif gap >= PIECE_GAP:
            spaces.append(other.glyph.apart)
        elif is_unspaced(one.glyph.text) and is_unspaced(other.glyph.text):
            spaces.append(gap > SPACE_OF_UNSPACED)
        else:
            least = SPACE_BEHIND_HOOK if wide == SPACE and _begins_word(other) else wide
            spaces.append(gap > least)
    return spaces


def _begins_word(one: Placed) -> bool:
    return one.glyph.apart and one.glyph.text[0].isalnum()


def _is_bracket(one: Placed) -> bool:
    """Whether it is a bracket: in a reversed line PDFium moves the space before it behind it."""
    return unicodedata.category(one.glyph.text[0]) in ("Ps", "Pe")


def _is_joined(one: Placed, other: Placed) -> bool:
    """Whether the space between them is undone by its position and so cannot be seen."""
    low, high = TAKEN_BACK
    return low < (other.start - one.end) / max(one.glyph.size, 1.0) < high


def _gaps_leftwards(run: list[Placed]) -> list[float]:
    """Gaps between each glyph and the next; to its neighbours, a number counts as a whole."""
    wholes = list(run)
    of_segment = list(range(len(run)))
    for start, end in segments([each.glyph.text for each in run]):
        left = min(each.start for each in run[start:end])
        right = max(each.end for each in run[start:end])
        wholes[start:end] = [each._replace(start=left, end=right) for each in run[start:end]]
        of_segment[start:end] = [start] * (end - start)
    return [
        _gap(run[at], run[at + 1])
        if of_segment[at] == of_segment[at + 1]
        else _gap(wholes[at], wholes[at + 1])
        for at in range(len(run) - 1)
    ]


def _gap(one: Placed, other: Placed) -> float:
    """The gap between the two, in sizes of the larger font."""
    size = max(one.glyph.size, other.glyph.size, 1.0)
    return max(other.start - one.end, one.start - other.end) / size


def _letterspacing(run: list[Placed], gaps: list[float]) -> float:
    within = sorted(
        gap
        for gap, (one, other) in zip(gaps, pairwise(run), strict=True)
        if not other.glyph.spaced and one.glyph.text.isalpha() and other.glyph.text.isalpha()
    )
    if len(within) < LEAST_RUN:
        return 0.0
    usual = within[len(within) // 4]
    return usual if 0 < usual <= MAX_LETTERSPACING else 0.0


def _word(glyphs: list[Glyph], *, space_after: bool) -> Word:
    lefts, tops, rights, bottoms = zip(*(glyph.box for glyph in glyphs), strict=True)
    left, top = math.floor(min(lefts)), math.floor(min(tops))
    right, bottom = math.ceil(max(rights)), math.ceil(max(bottoms))
    text = "".join(glyph.text for glyph in glyphs)
    return Word(text, Bbox(left, top, right, bottom), 1.0, space_after)
