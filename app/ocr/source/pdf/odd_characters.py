"""Lines with characters that hardly belong there, in fonts whose other letters may be right.

Programs that rewrite a PDF lose the names of single glyphs: "official" becomes "oûicial", a
ligature "ti" becomes "Ɵ", and letters of a second alphabet become fractions and brackets.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from statistics import median
from unicodedata import category, normalize

from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox
from app.ocr.scripts import is_unspaced, script_of
from app.ocr.source.text_layer import OddLine

from .glyphs import Glyph

# Of the font's size: an accented letter is as wide as its base within this, except for "i".
SAME_WIDTH = 0.12
RARE = range(0x0180, 0x0300)
# Letters of that range in Vietnamese, Romanian, Pinyin and Azerbaijani.
USUAL = frozenset("ƠơƯưȘșȚțǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛǜƏə")
# Characters that legitimately occur between the letters of a word.
INFIX = frozenset("'’‘´`·-‐‑‒–—−./@_:&+,()[]{}\\|*#•~…→×")
PLAIN = re.compile(r"[A-Za-z0-9.,;:!?'\"()/&%+-]*")
MAX_LINES = 400
# A letter of one script in a word of the other comes from bytes read in the wrong encoding.
MIXED_UP = ({"Latin", "Cyrillic"}, {"Latin", "Greek"}, {"Cyrillic", "Greek"})

PieceFonts = tuple[Piece, frozenset[int]]
# Text, box and odd characters.
OddWord = tuple[str, Bbox, str]


def odd_lines(glyphs: Sequence[Glyph], pieces: Sequence[PieceFonts]) -> tuple[OddLine, ...]:
    """Every line in a font with an odd character that is more than plain ASCII: if one character
    is wrong, so may plausible ones be. glyphs: of the pieces, in the same pixels."""
    odd = _odd_letters(glyphs)
    found = [(piece, fonts, _odd_words(piece, fonts, odd)) for piece, fonts in pieces if fonts]
    doubted = frozenset().union(*(fonts for _, fonts, words in found if words))
    candidates = [
        line for line in found if line[1] & doubted and (line[2] or not _is_plain(line[0]))
    ]
    return tuple(
        OddLine(piece, fonts, words, _objects(glyphs, piece.bbox))
        for piece, fonts, words in candidates[:MAX_LINES]
    )


def _odd_words(
    piece: Piece, fonts: frozenset[int], odd: dict[int, frozenset[str]]
) -> tuple[OddWord, ...]:
    letters = frozenset[str]().union(*(odd.get(font, frozenset()) for font in fonts))
    words = ((word.text, word.bbox, _odd_in(word.text, letters)) for word in piece.words)
    return tuple(word for word in words if word[2])


def _is_plain(piece: Piece) -> bool:
    return all(PLAIN.fullmatch(word.text) for word in piece.words)


def _odd_in(word: str, letters: frozenset[str]) -> str:
    """The characters of a word that hardly belong there."""
    between = zip(word, word[1:], word[2:], strict=False)
    infix = {middle for before, middle, after in between if _is_odd(before, middle, after)}
    if any(map(str.isalpha, infix)):
        scripts = Counter(script_of(each) for each in word if each.isalpha())
        usual = scripts.most_common(1)[0][0]
        infix = {each for each in infix if not each.isalpha() or script_of(each) != usual}
    return "".join(sorted((letters & set(word)) | infix))


@lru_cache(maxsize=65536)
def _is_odd(before: str, middle: str, after: str) -> bool:
    """Whether a character between letters is a symbol unusual there, or of another script."""
    if not (before.isalpha() and after.isalpha()) or is_unspaced(before) or is_unspaced(after):
        return False
    if middle.isalpha():
        mixed = {script_of(before), script_of(after)}
        return len(mixed) == 1 and {script_of(middle), *mixed} in MIXED_UP
    return category(middle)[0] in "NSP" and not (middle.isdigit() or middle in INFIX)


def _odd_letters(glyphs: Sequence[Glyph]) -> dict[int, frozenset[str]]:
    """By font: rare letters, and accented letters that differ in width from their bases."""
    widths: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for glyph in glyphs:
        if glyph.text.isalpha() and glyph.angle == 0:
            width = (glyph.box[2] - glyph.box[0]) / glyph.size
            widths[glyph.font][glyph.text].append(width)
    return {font: frozenset(_odd_of_font(found)) for font, found in widths.items()}


def _odd_of_font(widths: dict[str, list[float]]) -> Iterator[str]:
    for letter, found in widths.items():
        base = normalize("NFD", letter)[0]
        if letter in USUAL or len(letter) > 1:
            continue
        if ord(letter) in RARE:
            yield letter
        elif base != letter and base in widths:
            difference = abs(median(found) - median(widths[base]))
            if base.isascii() and base not in "iI" and difference > SAME_WIDTH:
                yield letter


def _objects(glyphs: Sequence[Glyph], box: Bbox) -> frozenset[int]:
    """Numbers of the text objects that draw the line."""
    return frozenset(
        glyph.owner.number
        for glyph in glyphs
        if glyph.owner
        and box.left <= (glyph.box[0] + glyph.box[2]) / 2 <= box.right
        and box.top <= (glyph.box[1] + glyph.box[3]) / 2 <= box.bottom
    )
