"""Convert text as it is seen, from left to right, into text as it is written.

A head reads Arabic and Hebrew from the left, Korean as single letters, and the Devanagari vowel
sign i before the consonants that it follows. Numbers and Latin words in a right-to-left line keep
their own direction. This undoes the Unicode Bidirectional Algorithm (UAX 9) without its rarer
levels.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from app.ocr.result import Line, Word

RIGHT = "\u0590-\u05ff\u0600-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
# Latin words with all that is between them and numbers after them; numbers with their symbols.
LEFT_TO_RIGHT = re.compile(
    rf"[^\W\d_{RIGHT}](?:[^{RIGHT}]*[^\W_{RIGHT}])?|"
    r"[#$%€₪£°]*\d(?:\d|[.,:/+\-٫٬](?=\d))*[#$%€₪£°]*"
)
RIGHT_TO_LEFT = re.compile(rf"[{RIGHT}](?:[^A-Za-z]*[{RIGHT}])?")
RIGHT_LETTER = re.compile(f"[{RIGHT}]")
FROM_RIGHT = 0.25
MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
CONSONANT = "[\u0915-\u0939\u0958-\u095f]\u093c?"
I_SIGN = re.compile(f"\u093f((?:{CONSONANT}\u094d)*{CONSONANT})")
# Scripts whose text is written differently from how it is seen.
REORDERED = re.compile(f"[{RIGHT}\u0900-\u097f\u1100-\u11ff]")


def written(line: Line) -> Line:
    """Reorder a line of words, seen from left to right, as it is written, and set its direction."""
    seen = " ".join(word.text for word in line.words)
    if not REORDERED.search(seen):
        return line
    if not RIGHT_LETTER.search(seen):
        words = tuple(replace(word, text=composed(word.text)) for word in line.words)
        return Line(words, line.direction)
    order = logical_order(seen)
    starts = [0]
    for word in line.words:
        starts.append(starts[-1] + len(word.text) + 1)
    owner = [at for at, word in enumerate(line.words) for _ in f"{word.text} "]
    texts: dict[int, str] = {}
    for at, character in order:
        if at < len(seen) and seen[at] != " ":
            texts[owner[at]] = texts.get(owner[at], "") + character
    words = tuple(_with_text(line.words[at], text) for at, text in texts.items())
    return Line(words, "rtl" if is_from_right(seen) else line.direction)


def written_text(seen: str) -> str:
    """As written(), for a text without boxes."""
    if RIGHT_LETTER.search(seen):
        return "".join(character for _, character in logical_order(seen))
    return composed(seen)


def _with_text(word: Word, text: str) -> Word:
    return replace(word, text=text, space_after=True)


def composed(seen: str) -> str:
    return unicodedata.normalize("NFC", I_SIGN.sub("\\1\u093f", seen))


def is_from_right(seen: str) -> bool:
    """Whether the text runs from right to left, by its share of Arabic or Hebrew letters. The limit
    is low: such text quotes Latin names more often than Latin text quotes it."""
    letters = [each for each in seen if each.isalpha()]
    share = sum(bool(RIGHT_LETTER.match(each)) for each in letters)
    return share > 0 and share >= FROM_RIGHT * len(letters)


def logical_order(seen: str) -> list[tuple[int, str]]:
    """Positions and characters in the order in which they are written, with brackets mirrored."""
    if is_from_right(seen):
        return _turned(seen, 0, len(seen))
    order: list[tuple[int, str]] = []
    at = 0
    for run in RIGHT_TO_LEFT.finditer(seen):
        order += [(place, seen[place]) for place in range(at, run.start())]
        order += _turned(seen, *run.span())
        at = run.end()
    return order + [(place, seen[place]) for place in range(at, len(seen))]


def _turned(seen: str, start: int, end: int) -> list[tuple[int, str]]:
    """From right to left, except for the runs within that go from left to right."""
    order: list[tuple[int, str]] = []
    at = end
    for run in reversed(list(LEFT_TO_RIGHT.finditer(seen, start, end))):
        order += [
            (place, seen[place].translate(MIRRORED)) for place in range(at - 1, run.end() - 1, -1)
        ]
        order += [(place, seen[place]) for place in range(*run.span())]
        at = run.start()
    order += [(place, seen[place].translate(MIRRORED)) for place in range(at - 1, start - 1, -1)]
    return order
