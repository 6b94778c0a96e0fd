"""Pages typeset from known blocks: the input of layout, and its expected output."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from app.ocr.layout.elements import Fill, PageElements, Piece, Rule
from app.ocr.result import Bbox, Word

WIDTH, HEIGHT = 1240, 1754  # A4 at 150 dpi
VOCABULARY = (
    "river harbor winter council market letter engine garden silver window morning village school "
    "bridge island summer captain doctor account paper stone field report member season street "
    "carries opens follows remembers paints measures answers builds closes crosses delivers finds "
    "gives holds joins keeps learns moves offers prints reaches sends takes uses visits writes "
    "old small northern quiet bright former second public careful open early broken narrow green "
    "the a of in on with before after under near beside through between against without"
).split()


@dataclass(frozen=True)
class Style:
    """size: of the font, in pixels."""

    size: float = 23.0
    bold: bool = False
    italic: bool = False
    monospaced: bool = False
    leading: float = 1.25


@dataclass(frozen=True)
class Truth:
    """An expected block. ordered: its place in the reading order is known."""

    kind: str
    text: str
    level: int = 0
    ordered: bool = True


@dataclass(frozen=True)
class Placed:
    """A typeset line. words: texts and boxes, which are as high as the font."""

    words: list[tuple[str, Bbox]]
    style: Style
    direction: str = "ltr"
    angle: float = 0.0


@dataclass
class Sheet:
    """A page, on which blocks must be set in reading order."""

    chance: random.Random
    lines: list[Placed] = field(default_factory=list)
    truth: list[Truth] = field(default_factory=list)
    rules: list[Bbox] = field(default_factory=list)
    fills: list[Bbox] = field(default_factory=list)
    pictures: list[Bbox] = field(default_factory=list)

    def prose(self, words: int) -> str:
        texts = self.chance.choices(VOCABULARY, k=words)
        for at in range(0, words, 9):
            texts[at] = texts[at].capitalize()
            if at:
                texts[at - 1] += "."
        return " ".join(texts) + "."

    def title(self, words: int) -> str:
        return " ".join(self.chance.choices(VOCABULARY[:26], k=words)).capitalize()

    def rule(self, left: float, top: float, right: float, bottom: float) -> None:
        self.rules.append(_bbox(left, top, right, bottom))

    def box(self, left: float, top: float, right: float, bottom: float) -> None:
        for edge in (top, bottom):
            self.rule(left, edge, right, edge + 2)
        for edge in (left, right):
            self.rule(edge, top, edge + 2, bottom)

    def line(self, text: str, left: float, top: float, style: Style = Style()) -> float:
        """Sets one line; returns its right edge. Repeated spaces keep their width."""
        words, at = [], left
        for part in text.split(" "):
            if part:
                width = text_width(part, style)
                words.append((part, _bbox(at, top, at + width, top + style.size)))
                at += width
            at += text_width(" ", style)
        if words:
            self.lines.append(Placed(words, style))
        return words[-1][1].right if words else left

    def block(
        self,
        kind: str,
        text: str,
        left: float,
        top: float,
        width: float,
        style: Style = Style(),
        *,
        first: float = 0.0,
        rest: float = 0.0,
        level: int = 0,
        align: str = "left",
    ) -> float:
        """Sets a block; returns the top for the next. first, rest: indentation of its lines."""
        self.truth.append(Truth(kind, text, level))
        return self.text(text, left, top, width, style, first=first, rest=rest, align=align)

    def text(
        self,
        text: str,
        left: float,
        top: float,
        width: float,
        style: Style = Style(),
        *,
        first: float = 0.0,
        rest: float = 0.0,
        align: str = "left",
    ) -> float:
        for at, line in enumerate(broken(text, width, first, rest, style)):
            indent = rest if at else first
            free = width - indent - text_width(line, style)
            shift = {"left": 0.0, "center": free / 2, "right": free}[align]
            self.line(line, left + indent + shift, top, style)
            top += style.size * style.leading
        return top

    def elements(self, *, measured: bool, merged: bool) -> PageElements:
        """The page's elements, with pieces in random order.

        measured: boxes of ink and no font sizes, as from recognition. merged: text at one height is
        one piece, as in a PDF written row by row.
        """
        pieces = [_piece(line, measured) for line in self.lines]
        if merged:
            pieces = _by_rows(pieces)
        self.chance.shuffle(pieces)
        return PageElements(
            WIDTH,
            HEIGHT,
            tuple(pieces),
            tuple(map(Rule, self.rules)),
            tuple(Fill(box, 225) for box in self.fills),
            tuple(self.pictures),
        )

    def picture(self) -> Image.Image:
        image = Image.new("RGB", (WIDTH, HEIGHT), "white")
        drawing = ImageDraw.Draw(image)
        for box in self.fills:
            drawing.rectangle(box, fill=(225, 225, 225))
        for box in self.pictures:
            drawing.rectangle(box, fill=(120, 140, 160))
            drawing.ellipse(box, fill=(60, 90, 70))
        for box in self.rules:
            drawing.rectangle((box.left, box.top, box.right - 1, box.bottom - 1), fill="black")
        for line in self.lines:
            if line.angle:
                _draw_upwards(image, line)
            else:
                _draw(drawing, line)
        return image


def text_width(text: str, style: Style) -> float:
    if style.monospaced:
        return 0.6 * style.size * len(text)
    return font(style.size).getlength(text) * (1.03 if style.bold else 1.0)


def broken(text: str, width: float, first: float, rest: float, style: Style) -> list[str]:
    lines: list[str] = []
    current = ""
    for word in text.split():
        indent = rest if lines else first
        longer = f"{current} {word}".strip()
        if current and text_width(longer, style) > width - indent:
            lines.append(current)
            current = word
        else:
            current = longer
    return [*lines, current]


@cache
def font(size: float) -> ImageFont.FreeTypeFont:
    loaded = ImageFont.load_default(size)
    assert isinstance(loaded, ImageFont.FreeTypeFont)
    return loaded


def _piece(line: Placed, measured: bool) -> Piece:
    style = line.style
    boxes = [_ink(text, box, style) if measured else box for text, box in line.words]
    if measured:
        # A detector gives all words of a line the same height.
        top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
        boxes = [Bbox(box.left, top, box.right, bottom) for box in boxes]
    words = tuple(Word(text, box, 0.95) for (text, _), box in zip(line.words, boxes, strict=True))
    if measured:
        return Piece(words, line.direction, line.angle, bold=style.bold)
    return Piece(
        words, line.direction, line.angle, style.size, style.bold, style.italic, style.monospaced
    )


def _ink(text: str, box: Bbox, style: Style) -> Bbox:
    _, top, _, bottom = font(style.size).getbbox(text)
    return Bbox(box.left, round(box.top + top), box.right, round(box.top + bottom))


def _by_rows(pieces: list[Piece]) -> list[Piece]:
    turned = [piece for piece in pieces if piece.angle or piece.direction != "ltr"]
    rows: dict[tuple[int, float | None], list[Word]] = {}
    styles: dict[tuple[int, float | None], Piece] = {}
    for piece in (piece for piece in pieces if piece not in turned):
        key = (piece.bbox.top, piece.font_size)
        rows.setdefault(key, []).extend(piece.words)
        styles[key] = piece
    across = [
        Piece(
            tuple(sorted(words, key=lambda word: word.bbox.left)),
            font_size=styles[key].font_size,
            bold=styles[key].bold,
            italic=styles[key].italic,
            monospaced=styles[key].monospaced,
        )
        for key, words in rows.items()
    ]
    return across + turned


def _draw(drawing: ImageDraw.ImageDraw, line: Placed) -> None:
    style = line.style
    for text, box in line.words:
        if style.monospaced:
            for at, character in enumerate(text):
                place = (box.left + 0.6 * style.size * (at + 0.5), box.top)
                drawing.text(place, character, "black", font(style.size * 0.95), anchor="ma")
        elif text == "•":  # not in the font
            middle, radius = box.top + 0.6 * style.size, 0.17 * style.size
            edges = (box.left, middle - radius, box.left + 2 * radius, middle + radius)
            drawing.ellipse(edges, fill="black")
        elif text == "–":  # not in the font
            middle = box.top + 0.66 * style.size
            thickness = max(1.0, 0.07 * style.size)
            drawing.rectangle((box.left, middle, box.right - 1, middle + thickness), fill="black")
        else:
            bold = 0.6 if style.bold else 0
            drawing.text((box.left, box.top), text, "black", font(style.size), stroke_width=bold)


def _draw_upwards(image: Image.Image, line: Placed) -> None:
    for text, box in line.words:
        strip = Image.new("RGB", (box.height, box.width + 6), "white")
        ImageDraw.Draw(strip).text((0, 0), text, "black", font(line.style.size))
        image.paste(strip.rotate(90, expand=True), (box.left, box.top))


def _bbox(left: float, top: float, right: float, bottom: float) -> Bbox:
    return Bbox(round(left), round(top), round(right), round(bottom))
