"""Pages with known structure: reports, articles, newspapers, manuals, letters."""

from __future__ import annotations

import random
from collections.abc import Callable

from app.ocr.result import Bbox

from .typesetting import HEIGHT, WIDTH, Sheet, Style, Truth, text_width

MARGIN = 120
FULL = WIDTH - 2 * MARGIN


def report(chance: random.Random) -> Sheet:
    """One column: title, numbered sections, lists, running head, page number, footnotes."""
    sheet = Sheet(chance)
    body = Style(chance.choice([20.0, 23.0, 25.0]), leading=chance.choice([1.2, 1.3, 1.5]))
    indent = chance.choice([0.0, 1.5]) * body.size
    space = (0.0 if indent else 0.8) * body.size
    _running_head(sheet, body)
    top = 180.0
    large = Style(body.size * 1.8, bold=True)
    top = sheet.block("heading", sheet.title(5), MARGIN, top, FULL, large, level=1) + body.size
    for section in range(1, 5):
        if top > HEIGHT - 900:
            break
        title = f"{section}. {sheet.title(3)}" if chance.random() < 0.5 else sheet.title(3)
        style = Style(body.size * chance.choice([1.25, 1.4]), bold=chance.random() < 0.7)
        top += 0.7 * body.size
        top = sheet.block("heading", title, MARGIN, top, FULL, style, level=2) + 0.4 * body.size
        for _ in range(chance.choice([1, 2])):
            text = sheet.prose(chance.randrange(30, 60))
            top = sheet.block("text", text, MARGIN, top, FULL, body, first=indent) + space
        if chance.random() < 0.7:
            top = _list(sheet, MARGIN, top + 0.3 * body.size, FULL, body) + 0.5 * body.size
    _footnotes(sheet, MARGIN, FULL, body)
    _page_number(sheet, body)
    return sheet


def article(chance: random.Random) -> Sheet:
    """Two or three columns below a title, with headings, a figure and footnotes in them."""
    sheet = Sheet(chance)
    body = Style(20.0, leading=1.2)
    count = chance.choice([2, 2, 3])
    gap = chance.choice([1.2, 2.0, 3.0]) * body.size
    width = (FULL - (count - 1) * gap) / count
    _running_head(sheet, body)
    title = Style(40.0, bold=True)
    top = sheet.block("heading", sheet.title(4), MARGIN, 170, FULL, title, level=1, align="center")
    author = "By " + sheet.title(2)
    top = sheet.block("text", author, MARGIN, top + 8, FULL, body, align="center") + 30
    pictured = chance.randrange(count)
    for column in range(count):
        left = MARGIN + column * (width + gap)
        _column(sheet, left, top, width, body, pictured=column == pictured)
    _page_number(sheet, body)
    return sheet


def _column(
    sheet: Sheet, left: float, top: float, width: float, body: Style, *, pictured: bool
) -> None:
    chance = sheet.chance
    end = HEIGHT - 320 - chance.randrange(60)
    if pictured:
        sheet.pictures.append(Bbox(round(left), round(top), round(left + width), round(top + 240)))
        caption = f"Figure {chance.randrange(1, 9)}. {sheet.prose(8)}"
        small = Style(body.size * 0.88, leading=1.15)
        top = sheet.block("caption", caption, left, top + 252, width, small) + 1.3 * body.size
    if chance.random() < 0.6:
        heading = Style(body.size * 1.2, bold=True)
        top = sheet.block("heading", sheet.title(2), left, top, width, heading, level=2)
        top += 0.3 * body.size
    while top < end - 5 * body.size:
        text = sheet.prose(chance.randrange(24, 45))
        top = sheet.block("text", text, left, top, width, body, first=body.size)
    if chance.random() < 0.4:
        small = Style(body.size * 0.8, leading=1.15)
        foot = HEIGHT - 250
        sheet.rule(left, foot - 12, left + 0.3 * width, foot - 11)
        sheet.block(
            "footnote", f"{chance.randrange(1, 5)} {sheet.prose(9)}", left, foot, width, small
        )


def newspaper(chance: random.Random) -> Sheet:
    """Headlines over two of four narrow columns, with advertisements in boxes."""
    sheet = Sheet(chance)
    body = Style(17.0, leading=1.12)
    gap, count = 22.0, 4
    width = (WIDTH - 160 - (count - 1) * gap) / count
    lefts = [80 + at * (width + gap) for at in range(count)]
    wide = 2 * width + gap
    headline = Style(34.0, bold=True, leading=1.15)
    for first in (0, 2):
        top = sheet.block("heading", sheet.title(4), lefts[first], 90, wide, headline, level=1) + 12
        boxed = chance.random() < 0.7
        for column in (first, first + 1):
            end = HEIGHT - (520 if boxed and column == first + 1 else 140)
            at = top
            while at < end - 6 * body.size:
                text = sheet.prose(chance.randrange(20, 50))
                at = sheet.block("text", text, lefts[column], at, width, body, first=body.size)
        if boxed:
            _advertisement(sheet, lefts[first + 1], HEIGHT - 480, width)
    return sheet


def _advertisement(sheet: Sheet, left: float, top: float, width: float) -> None:
    sheet.box(left - 4, top, left + width + 4, top + 360)
    large = Style(28.0, bold=True)
    name = sheet.title(1).upper()
    sheet.block("heading", name, left, top + 40, width, large, level=2, align="center")
    for at in range(3):
        text = sheet.title(2)
        sheet.block("text", text, left, top + 130 + 70 * at, width, Style(17.0), align="center")


def manual(chance: random.Random) -> Sheet:
    """Prose with program code, a tinted box beside the text, and a picture with a caption."""
    sheet = Sheet(chance)
    body = Style(22.0, leading=1.3)
    width = 640.0
    title = Style(36.0, bold=True)
    top = sheet.block("heading", sheet.title(3), MARGIN, 130, FULL, title, level=1) + 30
    beside = top
    for _ in range(2):
        top = sheet.block("text", sheet.prose(40), MARGIN, top, width, body) + 18
        top = _code(sheet, MARGIN + 20, top, body) + 22
    top = sheet.block("text", sheet.prose(30), MARGIN, top, width, body) + 18
    left = MARGIN + width + 70
    tinted = Bbox(round(left - 20), round(beside - 20), WIDTH - 80, round(beside + 420))
    sheet.fills.append(tinted)
    small = Style(19.0, leading=1.25)
    side = tinted.right - left - 20
    heading = Style(21.0, bold=True)
    at = sheet.block("heading", sheet.title(2), left, beside, side, heading, level=3) + 8
    sheet.block("text", sheet.prose(22), left, at, side, small)
    top = max(top, tinted.bottom) + 30
    sheet.pictures.append(Bbox(MARGIN, round(top), MARGIN + 800, round(top + 230)))
    caption = f"Figure {chance.randrange(1, 20)}: {sheet.title(4)}"
    if chance.random() < 0.5:
        sheet.block("caption", caption, MARGIN, top + 240, 800, small)
        top += 290
    else:
        sheet.block("caption", caption, MARGIN + 820, top + 60, 190, small)
        top += 260
    sheet.block("text", sheet.prose(30), MARGIN, top, FULL, body)
    _page_number(sheet, body)
    return sheet


def _code(sheet: Sheet, left: float, top: float, body: Style) -> float:
    chance = sheet.chance
    name, other = chance.sample(VERBS, 2)
    style = Style(body.size * 0.85, monospaced=True, leading=1.3)
    lines = [
        f"def {name}(path, names):",
        "    total = 0",
        "    for item in names:",
        f"        total += {other}(item[0], path)",
        "        if total > 10:",
        "            break",
        "    return {'total': total}",
    ]
    text = "\n".join(lines)
    sheet.truth.append(Truth("code", text))
    for line in lines:
        indent = len(line) - len(line.lstrip())
        sheet.line(line.lstrip(), left + indent * text_width(" ", style), top, style)
        top += style.size * style.leading
    return top


def letter(chance: random.Random) -> Sheet:
    """Address, date, subject, paragraphs, and a footer in small type."""
    sheet = Sheet(chance)
    body = Style(23.0, leading=1.25)
    small = Style(16.0)
    address = (sheet.title(2), "Harbor Street 12", "Northfield")
    for at, text in enumerate(address):
        sheet.line(text, MARGIN, 330 + at * 29, body)
    sheet.truth.append(Truth("text", " ".join(address)))
    sheet.block("text", "14 March 2024", WIDTH - MARGIN - 260, 480, 260, body, align="right")
    subject = Style(23.0, bold=True)
    top = sheet.block("heading", sheet.title(4), MARGIN, 560, FULL, subject, level=1) + 24
    for _ in range(4):
        top = sheet.block("text", sheet.prose(45), MARGIN, top, FULL, body) + 18
    foot = HEIGHT - 110
    sheet.block(
        "footer", f"Bank {chance.randrange(10**6)} · Harbor Street 12", MARGIN, foot, FULL, small
    )
    return sheet


PAGES: dict[str, Callable[[random.Random], Sheet]] = {
    "report": report,
    "article": article,
    "newspaper": newspaper,
    "manual": manual,
    "letter": letter,
}
VERBS = "find load parse count print merge".split()


def _list(sheet: Sheet, left: float, top: float, width: float, body: Style) -> float:
    chance = sheet.chance
    numbered = chance.random() < 0.4
    step = 1.6 * body.size
    for item in range(1, chance.choice([3, 4, 5])):
        marker = f"{item}." if numbered else "•"
        top = _item(sheet, marker, left + body.size, top, width, body, 1)
        if chance.random() < 0.25:
            for sub in range(2):
                deeper = f"{'ab'[sub]})" if numbered else "–"
                top = _item(sheet, deeper, left + body.size + step, top, width - step, body, 2)
    return top


def _item(
    sheet: Sheet, marker: str, left: float, top: float, width: float, body: Style, level: int
) -> float:
    text = sheet.prose(sheet.chance.choice([5, 8, 22]))
    hang = max(1.4 * body.size, text_width(marker + " ", body))
    sheet.truth.append(Truth("list", f"{marker} {text}", level))
    sheet.line(marker, left, top, body)
    return sheet.text(text, left + hang, top, width - hang - body.size, body)


def _running_head(sheet: Sheet, body: Style) -> None:
    style = Style(body.size * 0.85, italic=sheet.chance.random() < 0.5)
    text = sheet.title(3)
    if sheet.chance.random() < 0.5:
        sheet.block("header", text, MARGIN, 80, FULL, style, align="center")
        return
    sheet.block("header", text, MARGIN, 80, FULL / 2, style)
    sheet.block("header", "Volume 12", MARGIN + FULL / 2, 80, FULL / 2, style, align="right")


def _page_number(sheet: Sheet, body: Style) -> None:
    number = str(sheet.chance.randrange(1, 400))
    text = sheet.chance.choice([number, f"- {number} -", f"Page {number}"])
    style = Style(body.size * 0.9)
    align = sheet.chance.choice(["center", "right"])
    sheet.block("page_number", text, MARGIN, HEIGHT - 110, FULL, style, align=align)


def _footnotes(sheet: Sheet, left: float, width: float, body: Style) -> None:
    small = Style(body.size * 0.82, leading=1.2)
    top = HEIGHT - 230.0
    if sheet.chance.random() < 0.7:
        sheet.rule(left, top - 14, left + 0.3 * width, top - 13)
    for number in (1, 2):
        text = f"{number} {sheet.prose(10)}"
        top = sheet.block("footnote", text, left, top, width, small)
