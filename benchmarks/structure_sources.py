"""Typeset pages read as pictures by an engine, and as PDFs by their text layer."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from app.engines.base import EngineConfig
from app.ocr.images import PDF, SourceFile
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
        return recognizer.reader.read(PageImage(pixels, DPI), options).blocks

    return read


def read_pdf(sheet: Sheet) -> tuple[Block, ...]:
    recognizer = Recognizer(EngineConfig())
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf_of(sheet))
        file.flush()
        return recognizer.recognize(SourceFile(Path(file.name), PDF), 1, Options()).blocks


def pdf_of(sheet: Sheet) -> bytes:
    """The sheet as a PDF, with lines in random order, as print drivers write them."""
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    scale = 72 / DPI
    canvas = Canvas(file, pagesize=(WIDTH * scale, HEIGHT * scale))
    canvas.scale(scale, scale)
    for box, gray in [*((box, 0.88) for box in sheet.fills), *((box, 0.0) for box in sheet.rules)]:
        canvas.setFillGray(gray)
        canvas.rect(box.left, HEIGHT - box.bottom, box.width, box.height, stroke=0, fill=1)
    for box in sheet.pictures:
        photo = Image.effect_noise((64, 64), 90)
        canvas.drawInlineImage(photo, box.left, HEIGHT - box.bottom, box.width, box.height)
    canvas.setFillGray(0)
    lines = list(sheet.lines)
    sheet.chance.shuffle(lines)
    for line in lines:
        _write(canvas, line)
    canvas.save()
    return file.getvalue()


def _write(canvas, line: Placed) -> None:  # type: ignore[no-untyped-def]
    """Writes each word at its place, stretched to its width; upwards if the line is turned."""
    style = line.style
    name = "Courier" if style.monospaced else FONTS[style.bold, style.italic]
    for text, box in line.words:
        canvas.saveState()
        if line.angle:
            canvas.translate(box.left + 0.8 * style.size, HEIGHT - box.bottom)
            canvas.rotate(90)
        else:
            canvas.translate(box.left, HEIGHT - (box.top + 0.8 * style.size))
        writing = canvas.beginText(0, 0)
        writing.setFont(name, style.size)
        length = max(box.width, box.height) if line.angle else box.width
        writing.setHorizScale(100 * length / canvas.stringWidth(text, name, style.size))
        writing.textOut(text)
        canvas.drawText(writing)
        canvas.restoreState()
