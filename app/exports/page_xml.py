"""PAGE XML, content schema 2019-07-15, which has one file per page: several are in a ZIP."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import IO

from lxml import etree

from app.ocr.layout.figures import Figure, in_reading_order
from app.ocr.result import Bbox, Block, Cell, Line, Page, Word, mean_confidence
from app.ocr.text import clean

from .base import GENERATOR, Document, Exporter, ExportOptions, FileType
from .xml import Elements

PAGE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = f"{PAGE} {PAGE}/pagecontent.xsd"
# PAGE's names of our kinds of blocks; the others have the same name.
REGION_TYPES = {
    "text": "paragraph",
    "table": "other",
    "list": "other",
    "code": "other",
    "page_number": "page-number",
    "margin": "marginalia",
}
DIRECTIONS = {"ltr": "left-to-right", "rtl": "right-to-left", "ttb": "top-to-bottom"}
ZIP = FileType("application/zip", "page.zip")
P = Elements(PAGE, xsi=XSI)


class PageXmlExporter(Exporter):
    name = "page"
    title = "PAGE XML 2019"
    media_type = "application/vnd.prima.page+xml"
    extension = "page.xml"

    def file_type(self, document: Document, options: ExportOptions) -> FileType:
        return super().file_type(document, options) if document.page_count == 1 else ZIP

    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        if document.page_count == 1:
            stream.writelines(page_file(page, document) for page in document.pages)
            return
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for page in document.pages:
                archive.writestr(f"page-{page.number:04}.xml", page_file(page, document))


def page_file(page: Page, document: Document) -> bytes:
    created = document.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    root = P(
        "PcGts",
        {f"{{{XSI}}}schemaLocation": SCHEMA},
        P("Metadata", P("Creator", GENERATOR), P("Created", created), P("LastChange", created)),
        _page(page, clean(document.file_name)),
    )
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _page(page: Page, file_name: str) -> etree._Element:
    element = P(
        "Page",
        imageFilename=file_name,
        imageWidth=str(page.width),
        imageHeight=str(page.height),
        conf=f"{page.confidence:.3f}",
    )
    regions = list(_regions(page))
    if regions:
        element.append(_reading_order(regions))
        element.extend(regions)
    return element


def _regions(page: Page) -> Iterator[etree._Element]:
    number = 0
    for item in in_reading_order(page):
        if isinstance(item, Figure):
            yield P("ImageRegion", {"id": f"f{item.number}"}, _coords(item.bbox))
        else:
            number += 1
            yield _region(item, f"r{number}", page.skew)


def _reading_order(regions: Sequence[etree._Element]) -> etree._Element:
    references = [
        P("RegionRefIndexed", index=str(index), regionRef=str(region.get("id")))
        for index, region in enumerate(regions)
    ]
    return P("ReadingOrder", P("OrderedGroup", {"id": "reading_order"}, *references))


def _region(block: Block, key: str, skew: float) -> etree._Element:
    if block.cells:
        return _table(block, key, skew)
    attributes = {"id": key, "type": REGION_TYPES.get(block.kind, block.kind)}
    return _text_region(block, attributes, skew)


def _table(block: Block, key: str, skew: float) -> etree._Element:
    grid = block.grid
    attributes = {"id": key, "rows": str(len(grid)), "columns": str(len(grid[0]))}
    cells = (_cell(cell, f"{key}c{n}", skew) for n, cell in enumerate(block.cells, start=1))
    return P("TableRegion", attributes, _orientation(skew), _coords(block.bbox), *cells)


def _cell(cell: Cell, key: str, skew: float) -> etree._Element:
    role = P(
        "TableCellRole",
        rowIndex=str(cell.row),
        columnIndex=str(cell.column),
        rowSpan=str(cell.row_span),
        colSpan=str(cell.column_span),
        header=str(cell.header).lower(),
    )
    return _text_region(cell, {"id": key}, skew, P("Roles", role))


def _text_region(
    part: Block | Cell, attributes: dict[str, str], skew: float, *roles: etree._Element
) -> etree._Element:
    if part.lines:
        attributes["readingDirection"] = DIRECTIONS[part.lines[0].direction]
    lines = [_line(line, f"{attributes['id']}l{n}") for n, line in enumerate(part.lines, start=1)]
    confidence = mean_confidence(word for line in part.lines for word in line.words)
    return P(
        "TextRegion",
        attributes,
        _orientation(skew),
        _coords(part.bbox),
        *roles,
        *lines,
        _text(part.text, confidence),
    )


def _orientation(skew: float) -> dict[str, str]:
    """In the schema, orientation is the clockwise angle that undoes the skew."""
    return {"orientation": f"{-skew:.2f}"} if skew else {}


def _line(line: Line, key: str) -> etree._Element:
    attributes = {"id": key, "readingDirection": DIRECTIONS[line.direction]}
    return P(
        "TextLine",
        attributes,
        _coords(line.bbox),
        *_words(line, key),
        _text(line.text, line.confidence),
    )


def _words(line: Line, key: str) -> Iterator[etree._Element]:
    for number, word in enumerate(line.words, start=1):
        yield _word(word, f"{key}w{number}")


def _word(word: Word, key: str) -> etree._Element:
    return P("Word", {"id": key}, _coords(word.bbox), _text(word.text, word.confidence))


def _coords(bbox: Bbox) -> etree._Element:
    """The schema allows only whole numbers from 0, and corners inside the region."""
    left, top = max(bbox.left, 0), max(bbox.top, 0)
    right, bottom = max(bbox.right - 1, left), max(bbox.bottom - 1, top)
    return P("Coords", points=f"{left},{top} {right},{top} {right},{bottom} {left},{bottom}")


def _text(text: str, confidence: float) -> etree._Element:
    return P("TextEquiv", {"conf": f"{confidence:.3f}"}, P("Unicode", clean(text)))
