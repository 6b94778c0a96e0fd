"""A document with the difficult cases of exports, made in code without fonts or files.

Page 1: Latin, with a heading, two paragraphs (one hyphenated), a receipt's table and hostile text.
Page 2: Arabic, stored turned by 90 degrees. Page 3: Chinese, upside down and leaning by 3 degrees.
Each word is a filled rectangle in the page's picture.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageDraw

from app.exports.base import Document, Part
from app.ocr.result import Barcode, Bbox, Block, Line, Page, Word

CREATED = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
HEIGHT = 40
SKEW = 3.0
HOSTILE = "<b>&amp;\x00\x0b\ud800\uffff]]>\"'"


def line(text: str, left: int, top: int, *, advance: int = 22) -> Line:
    """Words from left to right, 30 px apart."""
    words = []
    for token in text.split(" "):
        right = left + advance * len(token)
        words.append(Word(token, Bbox(left, top, right, top + HEIGHT), 0.93))
        left = right + 30
    return Line(tuple(words))


def arabic_line(text: str, right: int, top: int) -> Line:
    words = []
    for token in text.split(" "):
        left = right - 24 * len(token)
        words.append(Word(token, Bbox(left, top, right, top + HEIGHT), 0.81))
        right = left - 30
    return Line(tuple(words), "rtl")


def chinese_line(text: str, left: int, top: int) -> Line:
    """One word for each character, without spaces, a little apart from each other."""
    words = []
    for character in text:
        words.append(Word(character, Bbox(left, top, left + HEIGHT, top + HEIGHT), 0.88, False))
        left += HEIGHT + 8
    return Line(tuple(words))


def latin_page() -> Page:
    receipt = [
        (("Kaffee", 200), ("2", 800), ("5,80", 1000)),
        (("Apfelkuchen vom Blech", 200), ("1", 800), ("3,40", 1000)),
        (("Summe", 200), ("9,20", 1000)),
    ]
    rows = tuple(
        Line(sum((line(text, left, 900 + 80 * row).words for text, left in cells), ()))
        for row, cells in enumerate(receipt)
    )
    return Page(
        number=1,
        width=1240,
        height=1754,
        dpi=150,
        engine="tesseract",
        languages=("eng", "deu"),
        blocks=(
            Block((line("A heading", 200, 100, advance=40),), "heading"),
            Block((line("The first para-", 200, 300), line("graph ends here.", 200, 370))),
            Block(
                (
                    line("=1+1 is |text| # *not* a_formula", 200, 550),
                    line("12. Zürich 100%", 200, 620),
                )
            ),
            Block(rows, "table"),
            Block((line("first", 200, 1300), line("second", 200, 1370)), "list"),
            Block((line(f"hostile {HOSTILE} end", 200, 1550),)),
        ),
        barcodes=(Barcode("QRCode", "https://example.org/?a=1&b=2", Bbox(1000, 1500, 1100, 1600)),),
    )


def arabic_page() -> Page:
    lines = (
        arabic_line("مرحبا بالعالم الجميل", 1100, 200),
        arabic_line("السلام عليكم (12.5) نعم", 1100, 300),
    )
    return Page(2, 1240, 1000, (Block(lines),), 90, 0.0, 150, "tesseract", "", ("ara",))


def chinese_page() -> Page:
    """A page whose lines slope down to the right; boxes are upright, around the slanted words."""
    lines = (chinese_line("天地玄黄宇宙洪荒", 300, 200), chinese_line("日月盈昃𠀀辰宿", 300, 320))
    leaning = tuple(_leaning(row, 1000, 800) for row in lines)
    return Page(3, 1000, 800, (Block(leaning),), 180, SKEW, 150, "paddleocr", "", ("chi_sim",))


def sample_pages() -> tuple[Page, ...]:
    return latin_page(), arabic_page(), chinese_page()


def text_document() -> Document:
    """A document without a file: enough for every format but PDF."""
    return Document("Beispiel & مثال", (Part("scan of مثال.tif", sample_pages()),), CREATED)


def tiff_document(folder: Path) -> Document:
    path = folder / "sample.tif"
    first, *others = [stored_picture(page) for page in sample_pages()]
    first.save(path, save_all=True, append_images=others, dpi=(150, 150))
    part = Part("scan of مثال.tif", sample_pages(), path, "image/tiff")
    return Document("Beispiel & مثال", (part,), CREATED)


def stored_picture(page: Page) -> Image.Image:
    """The page as it was uploaded, before it is turned upright: black words on white."""
    return upright_picture(page).rotate(page.rotation, expand=True)


def upright_picture(page: Page) -> Image.Image:
    picture = Image.new("RGB", (page.width, page.height), "white")
    draw = ImageDraw.Draw(picture)
    for word in page.words:
        draw.polygon(corners(word.bbox, page.skew), fill="black")
    return picture


def corners(bbox: Bbox, skew: float) -> list[tuple[float, float]]:
    """Corners of the rectangle, skewed by `skew` degrees clockwise, that the box encloses."""
    sine, cosine = math.sin(math.radians(skew)), math.cos(math.radians(skew))
    scale = cosine**2 - sine**2
    length = (bbox.width * cosine - bbox.height * sine) / scale
    height = (bbox.height * cosine - bbox.width * sine) / scale
    left, top = bbox.left + height * sine, bbox.top
    along, across = (length * cosine, length * sine), (-height * sine, height * cosine)
    return [
        (left, top),
        (left + along[0], top + along[1]),
        (left + along[0] + across[0], top + along[1] + across[1]),
        (left + across[0], top + across[1]),
    ]


def _leaning(row: Line, width: int, height: int) -> Line:
    """The line's words after the page was turned clockwise about its middle by SKEW."""
    words = (Word(w.text, _turned(w.bbox, width, height), w.confidence, False) for w in row.words)
    return Line(tuple(words), row.direction)


def _turned(bbox: Bbox, width: int, height: int) -> Bbox:
    angle = math.radians(SKEW)
    points = [
        (
            width / 2 + (x - width / 2) * math.cos(angle) - (y - height / 2) * math.sin(angle),
            height / 2 + (x - width / 2) * math.sin(angle) + (y - height / 2) * math.cos(angle),
        )
        for x in (bbox.left, bbox.right)
        for y in (bbox.top, bbox.bottom)
    ]
    xs, ys = zip(*points, strict=True)
    return Bbox(math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)), math.ceil(max(ys)))
