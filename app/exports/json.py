"""The whole result tree as JSON; its schema is in json_schema.json and docs/exports.md."""

from __future__ import annotations

import json
from typing import IO, Any

from app.ocr.result import Barcode, Block, Line, Page, Word

from .base import GENERATOR, Document, Exporter, ExportOptions
from .text_stream import text_stream

# Rises only when a reader of the old form would break.
SCHEMA_VERSION = 1


class JsonExporter(Exporter):
    name = "json"
    title = "JSON (blocks, lines, words)"
    media_type = "application/json"
    extension = "json"

    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        with text_stream(stream) as out:
            # Written by hand around the pages, so that only one page is held as JSON at a time.
            out.write(_dump(_head(document))[:-1] + ', "pages": [')
            for index, page in enumerate(document.pages):
                out.write((",\n" if index else "\n") + _dump(page_data(page)))
            out.write("\n]}\n")


def page_data(page: Page, *, boxes: bool = True) -> dict[str, Any]:
    """The page object of the schema; without boxes it has no `blocks`."""
    blocks = {"blocks": [_block_data(block) for block in page.blocks]} if boxes else {}
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "rotation": page.rotation,
        "skew": round(page.skew, 3),
        "dpi": page.dpi,
        "engine": page.engine,
        "languages": list(page.languages),
        "source": page.source,
        "confidence": round(page.confidence, 3),
        "text": page.text,
        **blocks,
        "barcodes": [_barcode_data(barcode) for barcode in page.barcodes],
    }


def _head(document: Document) -> dict[str, Any]:
    return {
        "generator": GENERATOR,
        "version": SCHEMA_VERSION,
        "title": document.title,
        "files": [part.file_name for part in document.parts],
        "created": document.created.isoformat(),
        "page_count": document.page_count,
    }


def _block_data(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "bbox": list(block.bbox),
        "confidence": round(block.confidence, 3),
        "text": block.text,
        "lines": [_line_data(line) for line in block.lines],
    }


def _line_data(line: Line) -> dict[str, Any]:
    return {
        "direction": line.direction,
        "bbox": list(line.bbox),
        "confidence": round(line.confidence, 3),
        "text": line.text,
        "words": [_word_data(word) for word in line.words],
    }


def _word_data(word: Word) -> dict[str, Any]:
    return {
        "text": word.text,
        "bbox": list(word.bbox),
        "confidence": round(word.confidence, 3),
        "space_after": word.space_after,
    }


def _barcode_data(barcode: Barcode) -> dict[str, Any]:
    return {"kind": barcode.kind, "text": barcode.text, "bbox": list(barcode.bbox)}


def _dump(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)
