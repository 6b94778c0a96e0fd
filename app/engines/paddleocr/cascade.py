"""The quick network first, then the thorough one for the lines that it leaves in doubt.

In a clear picture of some typefaces the quick network is right but not quite sure. So a page's
fairly sure lines are read again in small groups, the least sure first, until a group shows no
difference.
"""

from __future__ import annotations

import re
from statistics import fmean, median

from app.engines.runtime.cores import in_parallel
from app.ocr.options import Options
from app.ocr.source.base import Pixels

from .alphabet import asks_for_asian, has_asian
from .ctc import Character
from .languages import BEYOND_TINY
from .recognition import Finish, ReadLine, Result, each_line

# Where a line's mean confidence reaches SURE and that of each character LEAST, the thorough network
# reads fewer than one character in a thousand differently.
SURE = 0.99
LEAST = 0.6
# Lines of at least this mean confidence are read again in groups of this size (docs/benchmarks.md).
FAIRLY_SURE = 0.96
GROUP = 6
# In lines of at most this many characters, such as codes and amounts, the quick network drops
# spaces beside symbols without doubt: two thirds of those lost in sure lines of the corpus.
SHORT = 30
BESIDE_SYMBOL = re.compile(r"\w[^\w\s.,'’%)]|[^\w\s.,'’(]\w")
# Least mean confidence of the median line of a clean page.
CLEAN = 0.97


class CascadeReader:
    """quick: PP-OCR tiny, a fifth of the work; it knows too few Chinese and Japanese characters,
    and is as confident when it drops the marks of letters as when it reads them. hasty: used in
    place of thorough on clean pages; it narrows wide letters."""

    def __init__(self, quick: ReadLine, thorough: ReadLine, hasty: ReadLine) -> None:
        self.quick = quick
        self.thorough = thorough
        self.hasty = hasty

    def __call__(self, line: Pixels, options: Options) -> list[Character]:
        """As LineReader."""
        if _suits_quick(options):
            characters = self.quick(line, options)
            if _is_sure(characters):
                return characters
        return self.thorough(line, options)

    def read_page(
        self, lines: list[Pixels], options: Options, finish: Finish[Result]
    ) -> list[Result]:
        """As ReadsPages."""
        if not _suits_quick(options):
            return each_line(lambda at: finish(at, self.thorough(lines[at], options)), lines)
        quick, finished = self._read_quickly(lines, options, finish)
        reread = self.hasty if _is_clean(quick) else self.thorough

        def again(at: int) -> tuple[bool, Result]:
            """Whether the second reading has the same letters, and that reading, finished."""
            read = reread(lines[at], options)
            return _letters(read) == _letters(quick[at]), finish(at, read)

        for group in _groups_in_doubt(quick):
            readings = dict(zip(group, each_line(again, lines, group), strict=True))
            finished |= {at: result for at, (_, result) in readings.items()}
            fairly_sure = (at for at in group if not _is_unsure(quick[at]))
            if all(readings[at][0] for at in fairly_sure):
                break
        left = [at for at in range(len(lines)) if at not in finished]
        finished |= zip(left, in_parallel(lambda at: finish(at, quick[at]), left), strict=True)
        return [finished[at] for at in range(len(lines))]

    def _read_quickly(
        self, lines: list[Pixels], options: Options, finish: Finish[Result]
    ) -> tuple[list[list[Character]], dict[int, Result]]:
        """Characters of each line, and the finished results of the sure lines by their indices."""

        def read(at: int) -> tuple[list[Character], list[Result]]:
            characters = self.quick(lines[at], options)
            return characters, [finish(at, characters)] if _is_sure(characters) else []

        readings = each_line(read, lines)
        finished = {at: result for at, (_, results) in enumerate(readings) for result in results}
        return [characters for characters, _ in readings], finished


def _groups_in_doubt(lines: list[list[Character]]) -> list[list[int]]:
    """Indices of the lines to read again, the least sure first: the unsure ones with the next GROUP
    of fairly sure ones, then groups of GROUP. lines: as the quick network read them."""
    doubtful = [at for at, line in enumerate(lines) if not _is_sure(line)]
    doubtful.sort(key=lambda at: (not _is_unsure(lines[at]), _confidence(lines[at])))
    first = GROUP + sum(_is_unsure(lines[at]) for at in doubtful)
    others = (doubtful[at : at + GROUP] for at in range(first, len(doubtful), GROUP))
    return [doubtful[:first], *others]


def _suits_quick(options: Options) -> bool:
    return not asks_for_asian(options) and BEYOND_TINY.isdisjoint(options.languages)


def _is_sure(line: list[Character]) -> bool:
    least = min((character.confidence for character in line), default=0.0)
    surely_read = _confidence(line) >= SURE and least >= LEAST
    return surely_read and not has_asian(line) and not _may_lack_spaces(line)


def _is_unsure(line: list[Character]) -> bool:
    """Whether a line that is not sure is read again on any page."""
    return _confidence(line) < FAIRLY_SURE or _may_lack_spaces(line)


def _may_lack_spaces(line: list[Character]) -> bool:
    text = "".join(character.text for character in line)
    return len(text) <= SHORT and bool(BESIDE_SYMBOL.search(text))


def _is_clean(lines: list[list[Character]]) -> bool:
    """lines: as the quick network read them."""
    return median([_confidence(line) for line in lines if line] or [0.0]) >= CLEAN


def _confidence(line: list[Character]) -> float:
    return fmean(character.confidence for character in line) if line else 0.0


def _letters(line: list[Character]) -> str:
    """Text without spaces, in which the two networks differ most."""
    return "".join(character.text for character in line if not character.text.isspace())
