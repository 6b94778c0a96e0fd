"""Tab-separated words in Tesseract's twelve columns, for programs that read its TSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from app.ocr.result import Bbox, Block, Cell, Line, Page
from app.ocr.text import one_line

from .base import Document, Exporter, ExportOptions
from .text_stream import text_stream

COLUMNS = (
    "level",
    "page_num",
    "block_num",
    "par_num",
    "line_num",
    "word_num",
    "left",
    "top",
    "width",
    "height",
    "conf",
    "text",
)


class TsvExporter(Exporter):
    name = "tsv"
    title = "TSV (words, as Tesseract writes them)"
    media_type = "text/tab-separated-values; charset=utf-8"
    extension = "tsv"

    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        with text_stream(stream) as out:
            out.write("\t".join(COLUMNS) + "\n")
            for page in document.pages:
                out.writelines("\t".join(map(str, row)) + "\n" for row in page_rows(page))


def page_rows(page: Page) -> Iterator[tuple[int | str, ...]]:
    """One row for the page (level 1), each block, paragraph, line and word (level 5)."""
    yield _row((page.number,), Bbox(0, 0, page.width, page.height))
    for number, block in enumerate(page.blocks, start=1):
        yield from _block_rows((page.number, number), block)


def _block_rows(place: tuple[int, ...], block: Block) -> Iterator[tuple[int | str, ...]]:
    """Rows of a block, which counts as one paragraph, or as one per cell of a table."""
    yield _row(place, block.bbox)
    parts: Sequence[Block | Cell] = block.cells or (block,)
    for number, part in enumerate(parts, start=1):
        yield _row((*place, number), part.bbox)
        yield from _line_rows((*place, number), part.lines)


def _line_rows(place: tuple[int, ...], lines: Iterable[Line]) -> Iterator[tuple[int | str, ...]]:
    for line_number, line in enumerate(lines, start=1):
        yield _row((*place, line_number), line.bbox)
        for number, word in enumerate(line.words, start=1):
            confidence = f"{word.confidence * 100:.2f}"
            yield _row((*place, line_number, number), word.bbox, confidence, one_line(word.text))


def _row(
    place: tuple[int, ...], bbox: Bbox, confidence: str = "-1", text: str = ""
) -> tuple[int | str, ...]:
    """A row as Tesseract writes it: 0 for levels that it lacks, -1 without confidence."""
    padded = place + (0,) * (5 - len(place))
    return (len(place), *padded, bbox.left, bbox.top, bbox.width, bbox.height, confidence, text)
