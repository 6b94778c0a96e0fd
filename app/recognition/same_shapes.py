"""Letters and digits of one shape, settled by the rest of their word: B0ARD, 12OML, APls, l940.

In most typefaces the picture cannot tell O from 0 or I from l, so both readings are equally valid.
Only words in which one of them is out of place are changed; codes of letters and digits stay.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.ocr.result import Line, Page

# A single digit within capitals; with fewer letters it may be a code.
IN_CAPITALS = re.compile(r"\W*[A-Z]+[01][A-Z]+\W*")
LEAST_LETTERS = 4
# More consonants in a row than most words have: CDKN1B is a name of letters and a digit.
CONSONANTS = re.compile("[B-DF-HJ-NP-TV-XZ]{3}")
# Letters within a number, which may have a unit after it.
IN_NUMBER = re.compile(r"\W*\d(?=.*O)[\dO]*(?:[.,][\dO]+)?(?:ML|L|MG|G|KG|MM|CM|KM|M|W|V)?\W*")
# "RMO.02": an amount with its currency, and no other digit before the point.
BEFORE_POINT = re.compile(r"\W*(?:[A-Z]{2,3})?O[.,]\d{2}\W*")
# Letters before a number, such as a part's.
CODE = re.compile(r"(\W*[A-Z]+)(\d[\dO]*O[\dO]*\W*)")
LEAST_DIGITS = 2
# Typewriters have l for 1. "l2" and "l10n" are names.
ONE_BEFORE = re.compile(r"(\W*)l(\d{2}[\d.,]*\W*|\d{1,2}(?:st|nd|rd|th)\W*|\d\.[^\W\d_]{3,}\W*)")
ONE_WITHIN = re.compile(r"\W*\d[\d.,l]*l[\d.,l]*\d\W*")
# No name in program code starts with a digit; LaTeX has many that start like this.
ONE_IN_NAME = re.compile(r"(?<!\w)1(?=__[^\W\d_])")
# l'été, but not I'll. In capitals, L has another shape.
ELIDED = re.compile(r"(?<!\w)(?:1|I(?!['’](?:[dms]|ll|ve|re)\b))(?=['’](?![A-ZÀ-Þ]{2})[^\W\d_]{2})")
# Ihr, Ihnen, Ich, Il, Ils: no word starts like this with l.
CAPITAL_I = re.compile(r"(?<![\w'’])l(?=ls?\b|h(?:m|n|nen|r|re[mnrs]?)\b|ch\b)")
# Each part beside a hyphen or a slash is settled by itself.
PARTS = re.compile(r"((?<=\w)[-/](?=\w))")
ABBREVIATION = re.compile(r"\W*[A-Z]{2,}(?:ls?|ll)\W*")
LETTERS = str.maketrans("01", "OI")
DIGIT_O = re.compile(r"(?<=\d)O|(?<=\d[.,])O|O(?=[\dO]*[.,]\d)")


def with_same_shapes_settled(page: Page) -> Page:
    """The page with the same words and boxes."""
    return replace(page, blocks=tuple(block.map_lines(_line) for block in page.blocks))


def settled(word: str) -> str:
    """The word, of the same length, with the letters or digits that fit into it."""
    word = CAPITAL_I.sub("I", ELIDED.sub("l", ONE_IN_NAME.sub("l", word)))
    return "".join(map(_settled_part, PARTS.split(word)))


def _settled_part(word: str) -> str:
    """word: a part, such as EW, - or 10OO of EW-10OO-1L."""
    if IN_CAPITALS.fullmatch(word) and sum(map(str.isalpha, word)) >= LEAST_LETTERS:
        return word if CONSONANTS.search(word) else word.translate(LETTERS)
    if IN_NUMBER.fullmatch(word) or BEFORE_POINT.fullmatch(word):
        return _repeated(DIGIT_O, "0", word)
    if (code := CODE.fullmatch(word)) and sum(map(str.isdigit, code[2])) >= LEAST_DIGITS:
        return code[1] + code[2].replace("O", "0")
    if first := ONE_BEFORE.fullmatch(word):
        return f"{first[1]}1{first[2]}"
    if ONE_WITHIN.fullmatch(word):
        return word.replace("l", "1")
    return word.replace("l", "I") if ABBREVIATION.fullmatch(word) else word


def _repeated(pattern: re.Pattern[str], by: str, text: str) -> str:
    """Replace until the text stays the same: a letter after a new digit becomes a digit as well."""
    while (changed := pattern.sub(by, text)) != text:
        text = changed
    return text


def _line(line: Line) -> Line:
    return replace(line, words=tuple(replace(word, text=settled(word.text)) for word in line.words))
