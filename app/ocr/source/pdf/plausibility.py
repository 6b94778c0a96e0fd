"""Evidence that a font of a PDF draws other letters than its character map says.

A wrong map (shifted, byte-swapped, scrambled by a subsetter) gives letters other letters' shapes:
an "a" that reaches as high as a "d", a "p" that does not descend, Chinese as narrow as Latin.
Scripts whose letters have no such classes are always checked.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from app.ocr.layout.elements import Piece
from app.ocr.scripts import script_of
from app.ocr.source.text_layer import FontSample

from .glyphs import Glyph

SAMPLES = 3
MAX_SAMPLE = 60
LEAST_SAMPLE = 4
# Letters without accents, by their shape.
TALL = frozenset(
    "bdfhklABCDEFGHIKLMNOPRSTUVWXYZβδθλΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩбАБВГЕЖИКЛМНОПРСТУФХЧШЭЮЯ"
)
SHORT = frozenset("acemnorsuvwxzgpqyαειικνοπστυωабвгеежзиклмнопстухчшыьэюя") - frozenset("бi")
DESCENDING = frozenset("gpqyβγμρφχψрф")
LEVEL = frozenset("abcdehiklmnorsuvwxzABCDEFGHIKLMNOPRSTUVWXYZαεικνοπστυω")
# Position of the border between the heights of short (0) and tall (1) letters.
BORDER = 0.6
# Of the font's size below the baseline.
DESCENT = 0.09
# Chinese and Japanese characters fill a square; a Latin letter does not.
NARROW = 0.75
# Scripts whose layer is often wrong, without any evidence in the outlines.
UNPROVEN = {"Arabic", "Hebrew", "Devanagari", "Thai", "Georgian", "Armenian", "Other"}
# Fewer letters are no evidence for or against a font.
LEAST_LETTERS = 8

PieceFonts = tuple[Piece, frozenset[int]]


def font_samples(glyphs: Sequence[Glyph], pieces: Sequence[PieceFonts]) -> tuple[FontSample, ...]:
    """One for each font that shows letters, the most suspicious first. glyphs: all upright."""
    by_font: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        by_font[glyph.font].append(glyph)
    samples = (_sample(font, found, pieces) for font, found in by_font.items())
    found = [sample for sample in samples if sample and sample.texts]
    return tuple(sorted(found, key=lambda sample: -sample.suspicion))


def _sample(font: int, glyphs: Sequence[Glyph], pieces: Sequence[PieceFonts]) -> FontSample | None:
    letters = sum(glyph.text[0].isalnum() for glyph in glyphs)
    if not letters:
        return None
    own = sorted((piece for piece, fonts in pieces if fonts == {font}), key=_worth, reverse=True)
    texts = tuple(_text(piece) for piece in own[:SAMPLES])
    boxes = tuple(piece.bbox for piece in own[:SAMPLES])
    return FontSample(font, texts, boxes, letters, suspicion(glyphs))


def _worth(piece: Piece) -> float:
    """Rank of a piece: long enough to prove something, short enough to be recognized quickly."""
    return -abs(MAX_SAMPLE - len(_text(piece)))


def _text(piece: Piece) -> str:
    return "".join(word.text + (" " if word.space_after else "") for word in piece.words).strip()


def suspicion(glyphs: Sequence[Glyph]) -> float:
    """0-1, the evidence against the characters of glyphs in one font."""
    letters = [glyph for glyph in glyphs if glyph.text[0].isalpha()]
    scripts = [script_of(glyph.text[0]) for glyph in letters]
    if sum(script in UNPROVEN for script in scripts) * 2 > len(letters):
        return 1.0 if letters else 0.0
    return max(
        _wrong_heights(letters), _wrong_widths(letters), _odd_letters(letters), _odd_order(glyphs)
    )


def _wrong_heights(letters: Sequence[Glyph]) -> float:
    """Share of the letters that are shaped like those of another class."""
    shapes = [(_plain(glyph.text), _rise(glyph), _drop(glyph)) for glyph in letters]
    rises = sorted(rise for _, rise, _ in shapes)
    if len(rises) < LEAST_LETTERS:
        return 0.0
    low, high = rises[len(rises) // 10], rises[-1 - len(rises) // 10]
    border = low + BORDER * (high - low)
    wrong = [
        (letter in TALL and rise < border - 0.1 * high and high - low > 0.1 * high)
        or (letter in SHORT and rise > border + 0.1 * high)
        or (letter in DESCENDING and drop < DESCENT)
        or (letter in LEVEL and drop > DESCENT)
        for letter, rise, drop in shapes
        if letter in TALL or letter in SHORT or letter in DESCENDING
    ]
    return sum(wrong) / len(wrong) if len(wrong) >= LEAST_LETTERS else 0.0


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """The letter, or "" if it is accented and so reaches higher than its class."""
    return text if len(unicodedata.normalize("NFD", text)) == 1 else ""


def _rise(glyph: Glyph) -> float:
    return (glyph.origin[1] - glyph.ink[1]) / max(1.0, glyph.size)


def _drop(glyph: Glyph) -> float:
    return (glyph.ink[3] - glyph.origin[1]) / max(1.0, glyph.size)


def _wrong_widths(letters: Sequence[Glyph]) -> float:
    square = [glyph for glyph in letters if script_of(glyph.text[0]) in ("Han", "Hangul")]
    narrow = sum(glyph.box[2] - glyph.box[0] < NARROW * glyph.size for glyph in square)
    return narrow / len(letters) if letters else 0.0


def _odd_letters(letters: Sequence[Glyph]) -> float:
    """Share of letters that are rare in texts: phonetic symbols, extensions of alphabets; 1 if most
    are accented Latin letters, as in no language, but in another alphabet's bytes misread.
    """
    if not letters:
        return 0.0
    accented = sum("\u00c0" <= glyph.text[0] <= "\u024f" for glyph in letters)
    odd = sum("\u0180" <= glyph.text[0] <= "\u02ff" for glyph in letters)
    return 1.0 if 2 * accented > len(letters) else odd / len(letters)


def _odd_order(glyphs: Sequence[Glyph]) -> float:
    """Twice the share (at most 1) of letters in an order that words do not have: a capital after a
    small letter, or a change of script."""
    pairs = [
        (one.text[0], other.text[0])
        for one, other in pairwise(glyphs)
        if not (other.spaced or other.apart) and one.text[0].isalpha() and other.text[0].isalpha()
    ]
    odd = sum(
        (one.islower() and other.isupper()) or script_of(one) != script_of(other)
        for one, other in pairs
    )
    return min(1.0, 2 * odd / len(pairs)) if len(pairs) >= LEAST_LETTERS else 0.0
