"""Typeset pages as pictures that an engine reads, and as PDFs whose text layer is read."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from app.engines.base import EngineConfig
from app.ocr.images import PDF
from app.ocr.options import Options
from app.ocr.result import Block
from app.ocr.source import PageImage
from app.recognition.recognizer import Recognizer

from .typesetting import HEIGHT, WIDTH, Placed, Sheet

DPI = 150
FONTS = {
    (False, False): "Helvetica",
    (True, False): "Helvetica-Bold",
    (False, True): "Helvetica-Oblique",
    (True, True): "Helvetica-BoldOblique",
}


def picture_reader() -> Callable[[Sheet], tuple[Block, ...]]:
    recognizer = Recognizer(EngineConfig())
    options = Options(languages=("eng",))

    def read(sheet: Sheet) -> tuple[Block, ...]:
        pixels = np.asarray(sheet.picture())
        return recognizer.read(PageImage(pixels, DPI), options).blocks

    return read


def read_pdf(sheet: Sheet) -> tuple[Block, ...]:
    recognizer = Recognizer(EngineConfig())
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf_of(sheet))
        file.flush()
        return recognizer.recognize(Path(file.name), PDF, 1, Options()).blocks


def pdf_of(sheet: Sheet) -> bytes:
    """Lines in the order of the sheet's chance, as print drivers write them."""
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    scale = 72 / DPI
    canvas = Canvas(file, pagesize=(WIDTH * scale, HEIGHT * scale))
    canvas.scale(scale, scale)
    for box, gray in [*((box, 0.88) for box in sheet.fills), *((box, 0.0) for box in sheet.rules)]:
        canvas.setFillGray(gray)
        canvas.rect(box.left, HEIGHT - box.bottom, box.width, box.height, stroke=0, fill=1)
    canvas.setFillGray(0)
    lines = list(sheet.lines)
    sheet.chance.shuffle(lines)
    for line in lines:
        _write(canvas, line)
    canvas.save()
    return file.getvalue()


def _write(canvas, line: Placed) -> None:  # type: ignore[no-untyped-def]
    """Each word at its place, stretched to its width."""
    style = line.style
    name = "Courier" if style.monospaced else FONTS[style.bold, style.italic]
    for text, box in line.words:
        writing = canvas.beginText(box.left, HEIGHT - (box.top + 0.8 * style.size))
        writing.setFont(name, style.size)
        width = canvas.stringWidth(text, name, style.size)
        writing.setHorizScale(100 * box.width / width)
        writing.textOut(text)
        canvas.drawText(writing)
