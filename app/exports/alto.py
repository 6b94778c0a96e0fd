"""ALTO 4.4: pages as TextBlock > TextLine > String, in pixels; tables as ComposedBlock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import IO

from lxml import etree

from app.ocr.layout.figures import Figure, in_reading_order
from app.ocr.result import KINDS, Bbox, Block, Cell, Line, Page, Word
from app.ocr.text import clean, one_line

from .base import GENERATOR, Document, Exporter, ExportOptions
from .xml import Elements, page_language

ALTO = "http://www.loc.gov/standards/alto/ns-v4#"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = f"{ALTO} http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
CELL, HEADER_CELL = "cell", "header_cell"
TAGS = (*(kind for kind in KINDS if kind != "text"), CELL, HEADER_CELL)
A = Elements(ALTO)


class AltoExporter(Exporter):
    name = "alto"
    title = "ALTO XML 4.4"
    media_type = "application/alto+xml"
    extension = "alto.xml"

    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        attributes = {f"{{{XSI}}}schemaLocation": SCHEMA, "SCHEMAVERSION": "4.4"}
        namespaces = {None: ALTO, "xsi": XSI}
        with etree.xmlfile(stream, encoding="utf-8") as xml:
            xml.write_declaration()
            with xml.element(f"{{{ALTO}}}alto", attributes, nsmap=namespaces):
                xml.write(_description(document), _tags(), pretty_print=True)
                with xml.element(f"{{{ALTO}}}Layout"):
                    for page in document.pages:
                        xml.write(_page(page), pretty_print=True)


def _description(document: Document) -> etree._Element:
    return A(
        "Description",
        A("MeasurementUnit", "pixel"),
        A("sourceImageInformation", A("fileName", clean(document.file_name))),
        A(
            "Processing",
            A("processingCategory", "contentGeneration"),
            A("processingDateTime", document.created.isoformat(timespec="seconds")),
            A("processingSoftware", A("softwareName", GENERATOR)),
            ID="ocr",
        ),
    )


def _tags() -> etree._Element:
    return A("Tags", *(A("LayoutTag", ID=f"kind_{kind}", LABEL=kind) for kind in TAGS))


def _page(page: Page) -> etree._Element:
    attributes = {
        "ID": f"page_{page.number}",
        "PHYSICAL_IMG_NR": str(page.number),
        "WIDTH": str(page.width),
        "HEIGHT": str(page.height),
        "PC": f"{page.confidence:.3f}",
        "PROCESSINGREFS": "ocr",
    }
    if tag := page_language(page):
        attributes["LANG"] = tag
    space = A("PrintSpace", _place(Bbox(0, 0, page.width, page.height)), *_blocks(page))
    return A("Page", attributes, space)


def _blocks(page: Page) -> Iterator[etree._Element]:
    number = 0
    for item in in_reading_order(page):
        if isinstance(item, Figure):
            key = f"figure_{page.number}_{item.number}"
            yield A("Illustration", {"ID": key, **_place(item.bbox)})
        else:
            number += 1
            yield _block(item, f"{page.number}_{number}", page.skew)


def _block(block: Block, key: str, skew: float) -> etree._Element:
    if block.cells:
        return _table(block, key, skew)
    attributes = {"ID": f"block_{key}", **_place(block.bbox)}
    if block.kind in TAGS:
        attributes["TAGREFS"] = f"kind_{block.kind}"
    return A("TextBlock", attributes, _rotation(skew), *_lines(block.lines, key))


def _table(block: Block, key: str, skew: float) -> etree._Element:
    """ALTO has no tables: composed blocks hold the rows and these a text block for each cell."""
    rows = groupby(block.cells, key=lambda cell: cell.row)
    attributes = {"ID": f"block_{key}", **_place(block.bbox), "TYPE": "table"}
    return A(
        "ComposedBlock",
        attributes,
        {"TAGREFS": "kind_table"},
        *(_row(tuple(cells), f"{key}_r{row + 1}", skew) for row, cells in rows),
    )


def _row(cells: Sequence[Cell], key: str, skew: float) -> etree._Element:
    box = Bbox.around(cell.bbox for cell in cells)
    attributes = {"ID": f"row_{key}", **_place(box), "TYPE": "table row"}
    return A("ComposedBlock", attributes, *(_cell(cell, key, skew) for cell in cells))


def _cell(cell: Cell, row_key: str, skew: float) -> etree._Element:
    key = f"{row_key}c{cell.column + 1}"
    tag = HEADER_CELL if cell.header else CELL
    attributes = {"ID": f"cell_{key}", **_place(cell.bbox), "TAGREFS": f"kind_{tag}"}
    return A("TextBlock", attributes, _rotation(skew), *_lines(cell.lines, key))


def _rotation(skew: float) -> dict[str, str]:
    """ALTO counts degrees counter-clockwise."""
    return {"ROTATION": f"{-skew:.2f}"} if skew else {}


def _lines(lines: Iterable[Line], key: str) -> Iterator[etree._Element]:
    for number, line in enumerate(lines, start=1):
        if line.words:
            yield _line(line, f"{key}_{number}")


def _line(line: Line, key: str) -> etree._Element:
    attributes = {"ID": f"line_{key}", **_place(line.bbox), "BASEDIRECTION": line.direction}
    element = A("TextLine", attributes, _string(line.words[0], f"{key}_1"))
    for number, (before, word) in enumerate(pairwise(line.words), start=2):
        if before.space_after:
            element.append(A("SP"))
        element.append(_string(word, f"{key}_{number}"))
    return element


def _string(word: Word, key: str) -> etree._Element:
    content = {"CONTENT": one_line(word.text), "WC": f"{word.confidence:.3f}"}
    return A("String", {"ID": f"string_{key}", **_place(word.bbox), **content})


def _place(bbox: Bbox) -> dict[str, str]:
    return {
        "HPOS": str(bbox.left),
        "VPOS": str(bbox.top),
        "WIDTH": str(bbox.width),
        "HEIGHT": str(bbox.height),
    }
