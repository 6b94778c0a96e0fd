"""Pages in other writing directions, and pages whose parts are read separately."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from app.ocr.result import Bbox

from .structured_pages import FULL, MARGIN
from .typesetting import WIDTH, Placed, Sheet, Style, Truth, broken, text_width

HEBREW = "שלום ספר בית עיר דרך מים לחם יום לילה ארץ חדש ישן גדול קטן כתב קרא הלך בא".split()
KANJI = "山川田中町村駅前東西南北春夏秋冬朝夜本文新古大小高長"


def encyclopedia(chance: random.Random) -> Sheet:
    """Text that flows around a box with facts."""
    sheet = Sheet(chance)
    body = Style(21.0, leading=1.3)
    top = sheet.block("heading", sheet.title(2), MARGIN, 120, FULL, Style(38.0), level=1) + 24
    left, end = WIDTH - MARGIN - 330, top + 360
    _facts(sheet, left, top, end)
    # The box has no fixed place in the order of the text around it.
    heading, *facts = sheet.truth
    sheet.truth = [heading, *(replace(fact, ordered=False) for fact in facts)]
    for _ in range(6):
        text = sheet.prose(chance.randrange(30, 70))
        sheet.truth.append(Truth("text", text))
        top = _around(sheet, text, top, left - 30, end + 14, body) + 16
    return sheet


def _facts(sheet: Sheet, left: float, top: float, end: float) -> None:
    if sheet.chance.random() < 0.5:
        sheet.box(left, top, WIDTH - MARGIN, end)
    else:
        sheet.fills.append(Bbox(round(left), round(top), WIDTH - MARGIN, round(end)))
    small = Style(18.0, leading=1.3)
    name = Style(20.0, bold=True)
    at = sheet.block("heading", sheet.title(2), left + 14, top + 14, 300, name, level=2) + 10
    for _ in range(3):
        at = sheet.block("text", sheet.prose(9), left + 14, at, 300, small) + 16


def _around(sheet: Sheet, text: str, top: float, left: float, end: float, body: Style) -> float:
    """Sets narrow lines down to `end`, then full ones; returns the next top."""
    rest = text.split()
    while rest:
        width = left - MARGIN if top < end else FULL
        line = broken(" ".join(rest), width, 0, 0, body)[0]
        sheet.line(line, MARGIN, top, body)
        rest = rest[len(line.split()) :]
        top += body.size * body.leading
    return top


def stamped(chance: random.Random) -> Sheet:
    """Two columns, with a stamp running up the left margin."""
    sheet = Sheet(chance)
    body = Style(20.0, leading=1.2)
    width = (FULL - 40) / 2
    title = Style(36.0, bold=True)
    top = sheet.block("heading", sheet.title(5), MARGIN, 150, FULL, title, level=1) + 40
    for column in range(2):
        at = top
        for _ in range(5):
            text = sheet.prose(chance.randrange(30, 50))
            left = MARGIN + column * (width + 40)
            at = sheet.block("text", text, left, at, width, body, first=body.size)
    stamp = f"Preprint {chance.randrange(1000, 9999)}.{chance.randrange(10000, 99999)} 12 Mar 2024"
    sheet.truth.append(Truth("margin", stamp))
    style, bottom = Style(24.0), 1100.0
    words = []
    for word in stamp.split():
        length = text_width(word, style)
        words.append((word, Bbox(40, round(bottom - length), 64, round(bottom))))
        bottom -= length + text_width(" ", style)
    sheet.lines.append(Placed(words, style, angle=270))
    return sheet


def sections(chance: random.Random) -> Sheet:
    """Two-column parts one below the other, separated by headings across the page."""
    sheet = Sheet(chance)
    body = Style(20.0, leading=1.25)
    gap = chance.choice([26.0, 44.0])
    width = (FULL - gap) / 2
    top = 140.0
    for _ in range(3):
        heading = Style(28.0, bold=True)
        top = sheet.block("heading", sheet.title(9), MARGIN, top, FULL, heading, level=1) + 16
        lowest = top
        for column in range(2):
            at = top
            for _ in range(2):
                text = sheet.prose(chance.randrange(24, 40))
                at = sheet.block("text", text, MARGIN + column * (width + gap), at, width, body)
                at += 12
            lowest = max(lowest, at)
        top = lowest + 24
    return sheet


def hebrew(chance: random.Random) -> Sheet:
    """A page of two columns in Hebrew, mirrored."""
    sheet = stamped(chance)
    sheet.truth.pop()
    sheet.lines.pop()
    spelled: dict[str, str] = {}

    def spell(text: str) -> str:
        return " ".join(spelled.setdefault(word, chance.choice(HEBREW)) for word in text.split())

    sheet.truth = [replace(truth, text=spell(truth.text)) for truth in sheet.truth]
    sheet.lines = [
        Placed([(spell(text), _mirrored(box)) for text, box in line.words], line.style, "rtl")
        for line in sheet.lines
    ]
    return sheet


def _mirrored(box: Bbox) -> Bbox:
    return Bbox(WIDTH - box.right, box.top, WIDTH - box.left, box.bottom)


def vertical(chance: random.Random) -> Sheet:
    """Vertical Japanese in two tiers."""
    sheet = Sheet(chance)
    size, pitch, tier = 26, 44, 700
    for upper in (160, 920):
        right = WIDTH - 120
        for _ in range(3):
            text = "".join(chance.choices(KANJI, k=chance.randrange(60, 110)))
            sheet.truth.append(Truth("text", text))
            for start in range(0, len(text), tier // size):
                part = text[start : start + tier // size]
                box = Bbox(right - size, upper, right, upper + size * len(part))
                sheet.lines.append(Placed([(part, box)], Style(float(size)), "ttb"))
                right -= pitch
            right -= pitch
    return sheet


PAGES: dict[str, Callable[[random.Random], Sheet]] = {
    "encyclopedia": encyclopedia,
    "stamped": stamped,
    "sections": sections,
    "hebrew": hebrew,
    "vertical": vertical,
}
