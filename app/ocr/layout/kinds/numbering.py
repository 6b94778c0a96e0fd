"""Numbers in front of headings and numbered paragraphs, in several languages."""

from __future__ import annotations

import re
from collections.abc import Iterable

NUMBERED = re.compile(
    r"(?:(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?|[IVXL]{1,6}\.|[A-Z]\.|§\s?\d+|"
    r"(?:chapter|section|part|appendix|kapitel|abschnitt|teil|anhang|chapitre|partie|annexe|"
    r"cap[ií]tulo|capitolo|глава|раздел)\s+[\dIVXLA-Z]+[.:]?)\s+(?=\S)",
    re.IGNORECASE,
)
CJK_NUMBERED = re.compile(r"第[\d一二三四五六七八九十百]+[章節节条編编部]")


def is_titled(text: str, others: Iterable[str], *, spaced: bool) -> bool:
    """Whether it is numbered or in capitals. A number without a dot may be a date or an address: it
    counts if the others have the number before or after it. spaced: white after the number."""
    found = NUMBERED.match(text)
    if found and found[0].strip().isdecimal():
        return has_neighbour(text, others)
    if found:
        # Small capitals may be written as small letters.
        spaced = spaced and "." in (found["number"] or "")
        return spaced or text[found.end()].isupper() or not text[found.end()].isascii()
    if CJK_NUMBERED.match(text):
        return True
    return sum(map(str.isalpha, text)) >= 4 and text == text.upper() and text != text.lower()


def has_neighbour(text: str, others: Iterable[str]) -> bool:
    """Whether it begins with a number, and one of the others with the number before or after it."""
    found = NUMBERED.match(text)
    if not found or not found["number"]:
        return False
    number = int(found["number"].split(".")[0])
    return any(_begins_with(other, (number - 1, number + 1)) for other in others)


def _begins_with(text: str, numbers: tuple[int, int]) -> bool:
    found = NUMBERED.match(text)
    return bool(found and found["number"] and int(found["number"].split(".")[0]) in numbers)


def depth_of(text: str) -> int:
    """Depth of its number: 2 for "1.2", 0 without a number."""
    found = NUMBERED.match(text)
    return found["number"].count(".") + 1 if found and found["number"] else 0


def is_in_numbered_capitals(text: str) -> bool:
    return bool(NUMBERED.match(text)) and text == text.upper()
