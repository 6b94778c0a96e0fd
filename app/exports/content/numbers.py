"""Values of printed numbers: decimal point or comma, groups, signs, percent and currencies.

"1.234" is a little more than one, or more than a thousand. The other numbers of the column decide,
then the table, then the page's language; a text that remains ambiguous is not a number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

MARKS = (".", ",")
# Spreadsheets calculate with 15 significant digits; longer numbers are codes, such as IBANs.
MOST_DIGITS = 15
# Languages with a decimal point; the others that we know use a comma.
POINT_LANGUAGES = frozenset(
    (
        "am ar bn cy en fil ga gu he hi ja km kn ko lo ml mr ms mt my ne pa si sw ta te th tl ur zh"
    ).split()
)
CURRENCIES = (
    r"\w{0,3}[$€£¥₹₽₺₩₪₫₴₦฿₱₡₲₵₸₮₭؋৳]|kr\.?|zł|Kč|Ft|lei|Fr\.|"
    "AUD|BRL|CAD|CHF|CNY|CZK|DKK|EUR|GBP|HUF|INR|JPY|MXN|NOK|PLN|RON|RUB|SEK|TRY|UAH|USD|ZAR"
)
# Separators of groups; Arabic has unambiguous ones of its own.
GROUPS = ("'", "’", "٬", " ")
NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[-+−–])? ?"
    rf"(?:(?P<before>{CURRENCIES})(?P<space_before> ?))?(?P<inner_sign>[-−–])?"
    r"(?P<body>\d+(?:[.,'’٬٫ ]\d+)*|[.,٫]\d+)"
    rf"(?P<last_sign>[-−–])?(?:(?P<space_after> ?)(?P<after>[%٪]|{CURRENCIES}))?(?P<close>\))?"
)
CODE = re.compile(r"0\d+")


@dataclass(frozen=True, slots=True)
class Number:
    """format: spreadsheet format that shows the value as it was printed."""

    value: float
    format: str


def is_number(text: str) -> bool:
    """Whether the text is a number with either decimal mark."""
    return any(parse_number(text, mark) for mark in MARKS)


def column_numbers(texts: list[str], mark: str | None) -> list[Number | None]:
    """The numbers of a column. mark: decimal mark to use if the column is ambiguous.

    In a column with codes such as "01067", digits alone are codes, not numbers.
    """
    mark = decimal_mark(texts) or mark
    numbers = [_certain_number(text, mark) for text in texts]
    if any(CODE.fullmatch(text) for text in texts):
        return [None if text.isdecimal() else n for text, n in zip(texts, numbers, strict=True)]
    return numbers


def decimal_mark(texts: Iterable[str]) -> str | None:
    """Decimal mark of the unambiguous numbers; None if there are none or they disagree."""
    found = {mark for text in texts if (mark := _evidence(text))}
    return found.pop() if len(found) == 1 else None


def language_mark(tag: str | None) -> str | None:
    """Decimal mark of a language. tag: BCP 47."""
    if not tag:
        return None
    return "." if tag.partition("-")[0] in POINT_LANGUAGES else ","


def parse_number(text: str, mark: str) -> Number | None:
    match = NUMBER.fullmatch(_plain(text))
    if not match or bool(match["open"]) != bool(match["close"]):
        return None
    body = match["body"].replace("٫", mark)
    value = _value(body, mark)
    # In accounts, a number in brackets is negative; a plain "(1)" is a note.
    if value is None or (match["open"] and body.isdecimal()):
        return None
    signs = [match[name] for name in ("sign", "inner_sign", "last_sign") if match[name]]
    if len(signs) + bool(match["open"]) > 1:
        return None
    if match["open"] or (signs and signs[0] != "+"):
        value = -value
    return Number(*_formatted(value, body, mark, match))


def _certain_number(text: str, mark: str | None) -> Number | None:
    """The number if it is unambiguous. mark: decides for texts that are numbers both ways."""
    point, comma = (parse_number(text, mark) for mark in MARKS)
    if point and comma and point.value != comma.value:
        return {".": point, ",": comma}.get(mark or "")
    return point or comma


def _evidence(text: str) -> str | None:
    numbers = {mark: parse_number(text, mark) for mark in MARKS}
    possible = [mark for mark, number in numbers.items() if number]
    return possible[0] if len(possible) == 1 else None


def _value(body: str, mark: str) -> Decimal | None:
    """None if it is no number with this mark, has a leading zero or too many digits."""
    whole, _, fraction = body.partition(mark)
    if not (fraction.isdecimal() or mark not in body) or not _is_whole(whole or "0"):
        return None
    digits = re.sub(r"\D", "", whole)
    if len((digits + fraction).lstrip("0")) > MOST_DIGITS:
        return None
    return Decimal(f"{digits or 0}.{fraction or 0}")


def _is_whole(text: str) -> bool:
    """Whether digits are grouped by threes, or by twos with a final three as in India."""
    groups = re.split(r"\D", text)
    separators = set(re.sub(r"\d", "", text))
    if len(groups) == 1:
        return text == "0" or not text.startswith("0")
    if len(separators) > 1 or text.startswith("0") or len(groups[-1]) != 3:
        return False
    first, *middle = groups[:-1]
    by_three = len(first) <= 3 and all(len(group) == 3 for group in middle)
    by_two = separators == {","} and len(first) <= 2 and all(len(group) == 2 for group in middle)
    return by_three or by_two


def _formatted(value: Decimal, body: str, mark: str, match: re.Match[str]) -> tuple[float, str]:
    whole, _, fraction = body.partition(mark)
    grouped = not whole.isdecimal() and bool(whole)
    digits = ("#,##0" if grouped else "0") + ("." + "0" * len(fraction) if fraction else "")
    if match["after"] in ("%", "٪"):
        return float(value / 100), digits + "%"
    before = _literal(match["before"], match["space_before"])
    after = _literal(match["after"], match["space_after"], behind=True)
    return float(value), before + digits + after


def _literal(text: str | None, space: str | None, *, behind: bool = False) -> str:
    if not text:
        return ""
    return f'"{space}{text}"' if behind else f'"{text}{space}"'


def _plain(text: str) -> str:
    """The text with digits of any script as ASCII, and any run of spaces as one space."""
    digits = (str(unicodedata.decimal(char, char)) for char in text)
    return " ".join("".join(digits).split())
