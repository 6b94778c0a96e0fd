"""ALTO 4.4: pages as TextBlock > TextLine > String, in pixels."""

from __future__ import annotations

from itertools import pairwise
from typing import IO

from lxml import etree

from app.ocr.result import Bbox, Block, Line, Page, Word

from .base import GENERATOR, Document, Exporter, ExportOptions
from .xml import Elements, clean, one_line, page_language

ALTO = "http://www.loc.gov/standards/alto/ns-v4#"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = f"{ALTO} http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
KINDS = ("heading", "table", "caption", "header", "footer", "list")
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
    return A("Tags", *(A("LayoutTag", ID=f"kind_{kind}", LABEL=kind) for kind in KINDS))


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
    blocks = [
        _block(block, f"{page.number}_{index}", page.skew)
        for index, block in enumerate(page.blocks, start=1)
    ]
    space = A("PrintSpace", _place(Bbox(0, 0, page.width, page.height)), *blocks)
    return A("Page", attributes, space)


def _block(block: Block, key: str, skew: float) -> etree._Element:
    attributes = {"ID": f"block_{key}", **_place(block.bbox)}
    if block.kind in KINDS:
        attributes["TAGREFS"] = f"kind_{block.kind}"
    if skew:
        # ALTO counts degrees counter-clockwise.
        attributes["ROTATION"] = f"{-skew:.2f}"
    lines = [
        _line(line, f"{key}_{index}")
        for index, line in enumerate(block.lines, start=1)
        if line.words
    ]
    return A("TextBlock", attributes, *lines)


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
