"""Lines in many scripts, cut as by the detector, to train the direction network.

Scripts with a head have running text (training.texts). Others have words of random letters, since
only the shapes matter for the direction.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import ascii_letters

import numpy as np

from .damage import CLEAN, HARD, MID, Gray
from .drawing import can_draw, cut_out, letters_of, to_height
from .lines import Material
from .scripts import ENGLISH, SCRIPTS, Script
from .texts import number
from .variation import LineSource

# Unicode blocks of scripts without a head.
BLOCKS = {
    "Armenian": [(0x531, 0x556), (0x561, 0x587)],
    "Bengali": [(0x985, 0x9B9), (0x9BE, 0x9CC)],
    "Gurmukhi": [(0xA05, 0xA39), (0xA3E, 0xA4C)],
    "Gujarati": [(0xA85, 0xAB9), (0xABE, 0xACC)],
    "Tamil": [(0xB85, 0xBB9), (0xBBE, 0xBCC)],
    "Telugu": [(0xC05, 0xC39), (0xC3E, 0xC4C)],
    "Kannada": [(0xC85, 0xCB9), (0xCBE, 0xCCC)],
    "Malayalam": [(0xD05, 0xD39), (0xD3E, 0xD4C)],
    "Sinhala": [(0xD85, 0xDC6), (0xDCF, 0xDDF)],
    "Oriya": [(0xB05, 0xB39), (0xB3E, 0xB4C)],
    "Thaana": [(0x780, 0x7A5), (0x7A6, 0x7B0)],
    "Syriac": [(0x710, 0x72F)],
    "Nko": [(0x7CA, 0x7EA)],
    "Cherokee": [(0x13A0, 0x13F4)],
    "Syllabics": [(0x1401, 0x166C)],
    "Han": [(0x4E00, 0x9FA5)],
    "Japanese": [(0x3041, 0x3093), (0x30A1, 0x30F3), (0x4E00, 0x9FA5)],
}
UNSPACED = ("Han", "Japanese")
AMOUNTS, AMOUNT_SHARES = (CLEAN, MID, HARD), (0.25, 0.45, 0.3)
# Share of lines with numbers only, and the range of lengths in characters.
FIGURES = 0.06
SHORTEST, LONGEST = 4, 26
# Part of a line that is used, in pixels from its start.
WIDEST = 384


class UprightLines:
    """Endless pictures (48, width) of lines of one script, the right way up."""

    def __init__(self, name: str, material: Material, packages: list[Path], seed: int) -> None:
        self.name = name
        self.chance = np.random.default_rng(seed)
        self.random = random.Random(f"{name} {seed}")
        known = {**SCRIPTS, "English": replace(ENGLISH, letters=ascii_letters)}.get(name)
        self.script = replace(known or Script(name, "", (), (), (), ""), stretch=1.0)
        self.source = LineSource(known, material.lines(name), seed) if known else None
        self.letters, self.marks = _letters(BLOCKS.get(name, []))
        fonts = material.font_files(SCRIPTS.get(name, SCRIPTS["Cyrillic"]))
        self.fonts = fonts if known else _fonts(packages, self.letters, material.part)

    def __iter__(self) -> Iterator[Gray]:
        while True:
            text = self._text()
            font = self.random.choice(self.fonts)
            if not can_draw(font, text):
                continue
            amount = float(self.chance.choice(AMOUNTS, p=AMOUNT_SHARES))
            line = to_height(cut_out(text, font, self.script, self.chance, amount))
            yield line[:, :WIDEST]

    def _text(self) -> str:
        length = self.random.randint(SHORTEST, LONGEST)
        if self.random.random() < FIGURES:
            return " ".join(number(self.random) for _ in range(1 + length // 8))
        if self.source:
            return self.source.text(length)
        return "".join(self._letter(at) for at in range(length)).strip() or self._text()

    def _letter(self, at: int) -> str:
        if at and self.name not in UNSPACED and self.random.random() < 0.16:
            return " "
        mark = self.random.choice(self.marks) if self.marks and self.random.random() < 0.3 else ""
        return self.random.choice(self.letters) + mark


def _letters(blocks: list[tuple[int, int]]) -> tuple[str, str]:
    """Base letters and combining marks; of Chinese, the common ones: level 1 of GB 2312."""
    found = [chr(code) for first, last in blocks for code in range(first, last + 1)]
    assigned = [each for each in found if unicodedata.name(each, "")]
    usual = [each for each in assigned if each < "\u4e00" or _is_usual(each)]
    letters = [each for each in usual if unicodedata.category(each).startswith("L")]
    return "".join(letters), "".join(each for each in usual if each not in letters)


def _is_usual(character: str) -> bool:
    encoded = character.encode("gb2312", errors="ignore")
    return len(encoded) == 2 and 0xB0 <= encoded[0] <= 0xD7


def _fonts(folders: list[Path], letters: str, part: str) -> list[Path]:
    """Regular and bold faces; every third is held out."""
    found = [
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in (".ttf", ".otf", ".ttc") and _draws(path, letters)
    ]
    return [path for at, path in enumerate(found) if (at % 3 == 2) == (part == "held")] or found


def _draws(path: Path, letters: str) -> bool:
    if "-" in path.name and not path.stem.endswith(("-Regular", "-Bold")):
        return False
    known = letters_of(str(path))
    return sum(ord(each) in known for each in letters) >= 0.9 * len(letters)
