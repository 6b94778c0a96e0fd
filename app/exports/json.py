"""The whole result tree as JSON, described by json_schema.json (version 1: json_schema_1.json)."""

from __future__ import annotations

import json
from itertools import count
from typing import IO, Any

from app.ocr.layout.figures import Figure, figures_of
from app.ocr.result import Barcode, Block, Cell, Line, Page, Word, mean_confidence

from .base import GENERATOR, Document, Exporter, ExportOptions
from .json_version_1 import flat_page
from .text_stream import text_stream


class JsonExporter(Exporter):
    name = "json"
    title = "JSON (blocks, lines, words)"
    media_type = "application/json"
    extension = "json"

    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        with text_stream(stream) as out:
            # Written piece by piece, so that only one page at a time is in memory as JSON.
            out.write(_dump(_head(document, options.schema))[:-1] + ', "pages": [')
            pages = map(flat_page, document.pages) if options.schema == 1 else document.pages
            for index, page in enumerate(pages):
                data = page_data(page, figures=options.schema > 1)
                out.write((",\n" if index else "\n") + _dump(data))
            out.write("\n]}\n")


def page_data(page: Page, *, boxes: bool = True, figures: bool = True) -> dict[str, Any]:
    """The schema's page object; without boxes it has neither `blocks` nor `figures`."""
    blocks = {"blocks": [_block_data(block) for block in page.blocks]} if boxes else {}
    if boxes and figures:
        blocks["figures"] = [_figure_data(figure) for figure in figures_of(page)]
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


def _head(document: Document, version: int) -> dict[str, Any]:
    return {
        "generator": GENERATOR,
        "version": version,
        "title": document.title,
        "files": [part.file_name for part in document.parts],
        "created": document.created.isoformat(),
        "page_count": document.page_count,
    }


def _block_data(block: Block) -> dict[str, Any]:
    extras = {"level": block.level, "marker": block.marker}
    return {
        "kind": block.kind,
        "bbox": list(block.bbox),
        "confidence": round(block.confidence, 3),
        "text": block.text,
        **{name: value for name, value in extras.items() if value},
        "lines": [_line_data(line) for line in block.lines],
        **(table_data(block) if block.cells else {}),
    }


def table_data(block: Block) -> dict[str, Any]:
    """Data of a table with cells, which refer to the block's lines by index."""
    grid = block.grid
    places = count()
    return {
        "rows": len(grid),
        "columns": len(grid[0]),
        "continues": block.continues,
        "cells": [_cell_data(cell, [next(places) for _ in cell.lines]) for cell in block.cells],
    }


def _cell_data(cell: Cell, places: list[int]) -> dict[str, Any]:
    return {
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "header": cell.header,
        "bbox": list(cell.bbox),
        "confidence": round(mean_confidence(w for line in cell.lines for w in line.words), 3),
        "text": cell.text,
        "lines": places,
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
        **({"source": word.source} if word.source else {}),
        **({"handwritten": True} if word.handwritten else {}),
    }


def _figure_data(figure: Figure) -> dict[str, Any]:
    """`before` and `caption` are indices into the page's blocks, from 0."""
    return {"bbox": list(figure.bbox), "before": figure.start, "caption": figure.caption}


def _barcode_data(barcode: Barcode) -> dict[str, Any]:
    return {"kind": barcode.kind, "text": barcode.text, "bbox": list(barcode.bbox)}


def _dump(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)
