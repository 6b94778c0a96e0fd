"""Correction of machine-readable zones of passports, identity cards and visas by check digits.

Lengths, fields and check digits are those of ICAO Doc 9303, parts 4 to 7 (TD3, TD1, TD2, MRV-A and
MRV-B). Scanners confuse the O and the 0 of the typeface; the kind of field or its check digit
decides between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

# Recognizers return some of the capitals, which are as high as the digits, in lower case.
ZONE_LINE = re.compile(r"[A-Za-z0-9<]+")
# Fillers between the names and after them.
FILLED = "<<"
VISA = "V"
WEIGHTS = (7, 3, 1)
TO_DIGIT = str.maketrans("OQDILZSGB", "000112568")
TO_LETTER = str.maketrans("012568", "OIZSGB")
# Look-alike of each character in a field of letters and digits.
CONFUSED = {
    one: pair.replace(one, "") for pair in ("O0", "I1", "Z2", "S5", "G6", "B8") for one in pair
}
MOST_CHANGED = 2


@dataclass(frozen=True, slots=True)
class Field:
    """start, end: columns from 0. kind: "letters", "digits" or "number" (letters and digits).
    checked: its check digit is in the column after its end."""

    start: int
    end: int
    kind: str
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """length, fields: of each line. names: index of the line with the holder's names."""

    length: int
    fields: tuple[tuple[Field, ...], ...]
    names: int = 0
    is_visa: bool = False

    def fits(self, zone: Sequence[str]) -> bool:
        if len(zone) != len(self.fields) or FILLED not in zone[self.names]:
            return False
        alike = all(len(line) == self.length and ZONE_LINE.fullmatch(line) for line in zone)
        return alike and zone[0].upper().startswith(VISA) == self.is_visa


def _names(length: int) -> tuple[Field, ...]:
    return (Field(0, length, "letters"),)


PERSON = (
    Field(0, 9, "number", checked=True),
    Field(10, 13, "letters"),
    Field(13, 19, "digits", checked=True),
    Field(21, 27, "digits", checked=True),
)
PERSON_LENGTHS = (44, 36)
FORMATS = (
    Format(44, (_names(44), (*PERSON, Field(28, 42, "number", checked=True)))),
    Format(36, (_names(36), PERSON)),
    Format(44, (_names(44), PERSON), is_visa=True),
    Format(36, (_names(36), PERSON), is_visa=True),
    Format(
        30,
        (
            (Field(0, 5, "letters"), Field(5, 14, "number", checked=True)),
            (
                Field(0, 6, "digits", checked=True),
                Field(8, 14, "digits", checked=True),
                Field(15, 18, "letters"),
            ),
            _names(30),
        ),
        names=2,
    ),
)


def zone_at(lines: Sequence[str], start: int) -> tuple[str, ...]:
    """The zone that begins at lines[start], corrected; empty if none begins there.

    A line with a person's data is one by itself, as the other may have been cut or misread.
    """
    for each in FORMATS:
        zone = lines[start : start + len(each.fields)]
        if each.fits(zone):
            pairs = zip(zone, each.fields, strict=True)
            return tuple(_corrected(line.upper(), fields) for line, fields in pairs)
    return tuple(
        _corrected(line.upper(), PERSON) for line in lines[start : start + 1] if _is_of_person(line)
    )


def _is_of_person(line: str) -> bool:
    """Whether a line has the form of PERSON and both of its dates have the right check digit."""
    if len(line) not in PERSON_LENGTHS or not ZONE_LINE.fullmatch(line):
        return False
    dates = (field for field in PERSON if field.kind == "digits")
    texts = (_field(line.upper()[each.start : each.end + 1], each) for each in dates)
    return all(text.isdigit() and check_digit(text[:-1]) == text[-1] for text in texts)


def check_digit(text: str) -> str:
    """Sum modulo 10, weighted 7, 3, 1, 7 …: digits by value, letters from A = 10, fillers 0."""
    values = (0 if sign == "<" else int(sign, 36) for sign in text)
    return str(sum(value * WEIGHTS[at % 3] for at, value in enumerate(values)) % 10)


def _corrected(line: str, fields: tuple[Field, ...]) -> str:
    for field in fields:
        end = field.end + field.checked
        line = line[: field.start] + _field(line[field.start : end], field) + line[end:]
    return line


def _field(text: str, field: Field) -> str:
    if field.kind == "letters":
        return text.translate(TO_LETTER)
    check = text[-1].translate(TO_DIGIT)
    if field.kind == "digits":
        return text[:-1].translate(TO_DIGIT) + check
    return _number(text[:-1], check) + (check if check.isdigit() else text[-1])


def _number(text: str, check: str) -> str:
    """The text with the fewest characters changed to match its check digit, if only one does."""
    for count in range(MOST_CHANGED + 1):
        found = [each for each in _changed(text, count) if check_digit(each) == check]
        if found:
            return found[0] if len(found) == 1 else text
    return text


def _changed(text: str, count: int) -> Iterator[str]:
    """Every variant of the text with this many characters replaced by their look-alikes."""
    places = [at for at, sign in enumerate(text) if sign in CONFUSED]
    for chosen in combinations(places, count):
        yield "".join(CONFUSED[sign] if at in chosen else sign for at, sign in enumerate(text))
