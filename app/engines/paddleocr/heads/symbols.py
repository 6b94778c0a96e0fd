"""Symbols that the packaged recognizer was not trained on, read by a small head: fractions, ‰, ¡.

PP-OCR reads ¾ as 34 and drops ¡, with full confidence. So lines whose text suggests such an error
also pass through the head, and its symbols replace the characters that they were taken for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cached_property

import cv2
import numpy as np

from app.engines.lines.crops import Mask, ink_of
from app.engines.paddleocr.ctc import Character
from app.engines.paddleocr.recognition import normalized
from app.engines.paddleocr.words.spaces import widest_gap
from app.engines.runtime.onnx import Runtime
from app.ocr.source.base import Pixels

from .catalog import head_file
from .head import Head
from .trunk import SharedTrunk

SYMBOLS = frozenset("¼¾⅓⅔⅛⅜⅝⅞‰¡†‡¶")
SURE = 0.8
# PP-OCR knows ½, and takes other fractions for it.
HALF, SURE_AGAINST_HALF = "½", 0.95
# What a symbol may have been taken for: few characters, and no letters except o, O, t and i.
TAKEN = re.compile(r"[½¹²³∛\d/%|!+*:.,°oOti†‡¶]{0,4}")
# Fractions; numbers that end like one, except years and amounts; a percent sign before an o or 0.
SUSPECT = re.compile(
    r"½|(?<![\d/])\d{1,3}/[348]?(?![\d/])|(?<![\d.,:/-])(?!19|20)\d{0,2}[13]4(?![\d:/-]|[.,]\d)|%[oO0]"
)
# Least width of a per mille sign in heights, as few percent signs have, and its number of rings.
WIDE, OF_PER_MILLE = 1.1, 3
# The end of a Spanish exclamation.
CRY, SPANISH = "!", re.compile("[áéíóúñüÁÉÍÓÚÑ¿]")


class SymbolReader:
    def __init__(self, trunk: SharedTrunk, runtime: Runtime) -> None:
        self.trunk = trunk
        self.runtime = runtime

    @cached_property
    def head(self) -> Head:
        return Head(head_file("Symbols"), self.runtime)

    def __call__(
        self, line: Pixels, read: list[Character], languages: tuple[str, ...]
    ) -> list[Character]:
        """read: the line's characters as the packaged recognizer sees them."""
        read, is_wide = with_per_mille(line, read)
        if not is_wide and not may_hide_symbols("".join(each.text for each in read), languages):
            return read
        batch, used = normalized(line, runtime=self.runtime)
        return with_symbols(read, self.head(self.trunk(batch), used))


def may_hide_symbols(text: str, languages: tuple[str, ...]) -> bool:
    if CRY in text and ("spa" in languages or SPANISH.search(text)):
        return True
    return SUSPECT.search(text) is not None


def with_per_mille(line: Pixels, read: list[Character]) -> tuple[list[Character], bool]:
    """read, with ‰ for percent signs after a number that have three rings, and whether another one
    is so wide that it may be one."""
    signs = [at for at, each in enumerate(read) if each.text == "%" and _ends_number(read, at)]
    if not signs:
        return read, False
    ink = ink_of(line)
    rings = {at: _rings(ink, read, at) for at in signs}
    found = [
        replace(each, text="‰") if rings.get(at) == OF_PER_MILLE else each
        for at, each in enumerate(read)
    ]
    return found, any(count not in (0, OF_PER_MILLE) for count in rings.values())


def _ends_number(read: list[Character], at: int) -> bool:
    before = "".join(each.text for each in read[max(0, at - 2) : at]).rstrip()
    return before[-1:].isdigit() and all(each.text == " " for each in read[at + 1 : at + 2])


def _rings(ink: Mask, read: list[Character], at: int) -> int:
    """Number of rings in the sign; 0 if it is not wide enough for a per mille sign."""
    columns: Mask = np.any(ink, axis=0)
    width = len(columns)
    digit = next(each for each in reversed(read[:at]) if each.text.isdigit())
    after = next((each for each in read[at + 1 :] if each.text != " "), None)
    start, middle = int(digit.position * width), int(read[at].position * width)
    left = start + int(np.argmin(columns[start:]))
    right = widest_gap(columns, middle, int(after.position * width))[0] if after else width
    sign = ink[:, left:right]
    rows, inked = (np.flatnonzero(sign.any(axis=axis)) for axis in (1, 0))
    if not rows.size or inked[-1] - inked[0] + 1 < WIDE * (rows[-1] - rows[0] + 1):
        return 0
    _, levels = cv2.findContours(sign.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    return max(1, int(np.count_nonzero(levels[0, :, 3] >= 0)))


def with_symbols(read: list[Character], seen: list[Character]) -> list[Character]:
    """read, with the confident symbols of another reading of the line (seen) in their places."""
    if not any(each.text in SYMBOLS for each in seen):
        return read
    return list(_joined(read, seen))


def _joined(read: list[Character], seen: list[Character]) -> Iterator[Character]:
    before, after = ([each.text for each in line] for line in (read, seen))
    matched = SequenceMatcher(a=before, b=after, autojunk=False)
    for kind, start, end, first, last in matched.get_opcodes():
        found = seen[first:last]
        taken = "".join(before[start:end])
        least = SURE_AGAINST_HALF if taken == HALF else SURE
        may_be = kind in ("replace", "insert") and TAKEN.fullmatch(taken)
        yield from found if may_be and _are_symbols(found, least) else read[start:end]


def _are_symbols(found: list[Character], least: float) -> bool:
    """Whether these are symbols of at least that confidence, beside digits and spaces at most."""
    symbols = [each for each in found if each.text in SYMBOLS]
    others = (each.text for each in found if each.text not in SYMBOLS)
    sure = all(each.confidence >= least for each in symbols)
    return bool(symbols) and sure and all(each.isdigit() or each == " " for each in others)
