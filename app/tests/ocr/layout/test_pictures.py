"""Evidence that layout takes from pixels: check boxes, bold type, and rules that are no strokes."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from app.ocr.layout.elements import Piece
from app.ocr.layout.kinds.weight import with_weight
from app.ocr.layout.reading_order.rules import parting_rules
from app.ocr.layout.symbols.checkboxes import with_checkboxes
from app.ocr.layout.symbols.marks import find_marks, page_ink
from app.ocr.result import Bbox, Word
from app.tests.drawing import font

SIZE = 32
LABELS = ("I agree", "Send news", "Single", "Married")


def drawn(text: str, x: int, y: int, drawing: ImageDraw.ImageDraw, **style: object) -> Piece:
    """Text drawn at a place, and its recognition: words within the line's ink."""
    drawing.text((x, y), text, font=font(SIZE), **style)  # type: ignore[arg-type]
    words, at = [], float(x)
    _, top, _, bottom = font(SIZE).getbbox(text)
    for word in text.split():
        width = font(SIZE).getlength(word)
        box = Bbox(round(at), round(y + top), round(at + width), round(y + bottom))
        words.append(Word(word, box, 0.9))
        at += width + font(SIZE).getlength(" ")
    return Piece(tuple(words))


def form(shape: str, marked: set[int], paper: str, ink: str) -> tuple[Image.Image, list[Piece]]:
    image = Image.new("RGB", (600, 400), paper)
    drawing = ImageDraw.Draw(image)
    pieces = []
    for at, label in enumerate(LABELS):
        top = 40 + 80 * at
        box = (40, top, 72, top + 32)
        if shape == "square":
            drawing.rectangle(box, outline=ink, width=3)
            if at in marked:
                drawing.line((44, top + 4, 68, top + 28), fill=ink, width=3)
                drawing.line((44, top + 28, 68, top + 4), fill=ink, width=3)
        else:
            drawing.ellipse(box, outline=ink, width=3)
            if at in marked:
                drawing.ellipse((48, top + 8, 64, top + 24), fill=ink)
        pieces.append(drawn(label, 90, top, drawing, fill=ink))
    return image, pieces


def read_checkboxes(image: Image.Image, pieces: list[Piece]) -> tuple[Piece, ...]:
    ink = page_ink(np.asarray(image), pieces)
    assert ink
    return with_checkboxes(find_marks(ink), pieces, ink.size)


def symbols(image: Image.Image, pieces: list[Piece]) -> str:
    """The marks of the pieces found, from top to bottom."""
    found = read_checkboxes(image, pieces)[len(pieces) :]
    return "".join(each.words[0].text for each in sorted(found, key=lambda each: each.bbox.top))


@pytest.mark.parametrize(("paper", "ink"), [("white", "black"), ("#202020", "#e0e0e0")])
def test_check_boxes_and_radio_buttons(paper: str, ink: str) -> None:
    assert symbols(*form("square", {0, 3}, paper, ink)) == "☒☐☐☒"
    assert symbols(*form("ring", {2}, paper, ink)) == "◯◯◉◯"


def test_box_inside_a_word_is_taken_out_of_it() -> None:
    image, pieces = form("square", {0}, "white", "black")
    first = pieces[0].words[0]
    wide = Word("□" + first.text, Bbox(38, first.bbox.top, *first.bbox[2:]), 0.9)
    read, *_ = read_checkboxes(image, [Piece((wide, *pieces[0].words[1:])), *pieces[1:]])
    assert read.words[0].text == first.text
    assert read.words[0].bbox.left > 72


def test_cross_read_as_a_letter_is_the_mark_itself() -> None:
    image, pieces = form("square", {0}, "white", "black")
    misread = Piece((Word("X", Bbox(42, 42, 70, 70), 0.6),))
    found = read_checkboxes(image, [misread, *pieces])
    texts = [word.text for each in found for word in each.words]
    assert texts.count("X") == 0
    assert texts.count("☒") == 1


def test_letters_and_fields_for_single_characters_are_no_check_boxes() -> None:
    image = Image.new("RGB", (900, 200), "white")
    drawing = ImageDraw.Draw(image)
    pieces = [drawn("HOBO DOOR O QUO 80 B", 40, 30, drawing, fill="black")]
    pieces.append(drawn("Postcode", 40, 120, drawing, fill="black"))
    for at in range(5):
        drawing.rectangle((220 + 36 * at, 118, 252 + 36 * at, 150), outline="black", width=2)
    assert symbols(image, pieces) == ""


def test_digits_as_wide_as_high_are_no_radio_buttons() -> None:
    """An 8 of wide type is a ring with ink inside."""
    image = Image.new("RGB", (600, 400), "white")
    drawing = ImageDraw.Draw(image)
    digit = Image.new("RGB", (200, 200), "white")
    ImageDraw.Draw(digit).text((20, 0), "8", font=font(150), fill="black")
    digit = digit.crop(ImageOps.invert(digit).getbbox()).resize((38, 38))
    pieces = []
    for at, label in enumerate(LABELS):
        image.paste(digit, (40, 40 + 80 * at))
        pieces.append(drawn(label, 90, 40 + 80 * at, drawing, fill="black"))
    assert symbols(image, pieces) == ""


def test_bold_lines_are_told_from_regular_ones() -> None:
    image = Image.new("RGB", (700, 400), "white")
    drawing = ImageDraw.Draw(image)
    pieces = [
        drawn(
            f"Line {at} of the harbor news",
            40,
            30 + 50 * at,
            drawing,
            fill="black",
            stroke_width=1 if at == 2 else 0,
        )
        for at in range(6)
    ]
    found = with_weight(np.asarray(image), pieces)
    assert [each.bold for each in found] == [at == 2 for at in range(6)]


def test_strokes_of_letters_part_nothing_and_parts_of_a_line_are_one() -> None:
    text = Bbox(100, 100, 400, 130)
    stroke = Bbox(200, 102, 203, 128)
    parts = [Bbox(50, 200, 300, 202), Bbox(302, 201, 700, 203)]
    assert parting_rules([stroke, *parts], [text], 20) == [Bbox(50, 200, 700, 203)]
