"""hOCR 1.2 as XHTML: page > carea > par > line > word, boxes and confidences in `title`.

A table is an ocr_table with a paragraph in each cell of an HTML table.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import IO

from lxml import etree

from app.ocr.layout.figures import Figure, in_reading_order
from app.ocr.result import Bbox, Block, Cell, Line, Page, Word
from app.ocr.text import clean, one_line

from .base import GENERATOR, Document, Exporter, ExportOptions
from .content.tables import complete_cells
from .xml import Elements, page_language

XHTML = "http://www.w3.org/1999/xhtml"
DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"'
    ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)
CAPABILITIES = (
    "ocr_page ocr_carea ocr_table ocr_photo ocr_par ocr_line ocrx_word "
    "ocrp_lang ocrp_dir ocrp_wconf"
)
H = Elements(XHTML)


class HocrExporter(Exporter):
    name = "hocr"
    title = "hOCR"
    media_type = "text/vnd.hocr+html; charset=utf-8"
    extension = "hocr"

    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        with etree.xmlfile(stream, encoding="utf-8") as xml:
            xml.write_declaration()
            xml.write_doctype(DOCTYPE)
            with xml.element(f"{{{XHTML}}}html", nsmap={None: XHTML}):
                xml.write(_head(document))
                with xml.element(f"{{{XHTML}}}body"):
                    for page in document.pages:
                        xml.write(_page(page, document.file_name), pretty_print=True)


def _head(document: Document) -> etree._Element:
    return H(
        "head",
        H("title", clean(document.title)),
        H("meta", {"http-equiv": "Content-Type", "content": "text/html; charset=utf-8"}),
        H("meta", name="ocr-system", content=GENERATOR),
        H("meta", name="ocr-capabilities", content=CAPABILITIES),
        H("meta", name="ocr-number-of-pages", content=str(document.page_count)),
    )


def _page(page: Page, file_name: str) -> etree._Element:
    image = one_line(file_name).replace("\\", "/").replace('"', "'").replace(";", ",")
    box = _bbox(Bbox(0, 0, page.width, page.height))
    title = f'image "{image}"; {box}; ppageno {page.number - 1}'
    if page.dpi:
        title += f"; scan_res {page.dpi} {page.dpi}"
    attributes = {"class": "ocr_page", "id": f"page_{page.number}", "title": title}
    if tag := page_language(page):
        attributes["lang"] = tag
    return H("div", attributes, *_areas(page))


def _areas(page: Page) -> Iterator[etree._Element]:
    number = 0
    for item in in_reading_order(page):
        if isinstance(item, Figure):
            key = f"photo_{page.number}_{item.number}"
            # The empty text prevents a self-closing tag, which HTML does not have for <div>.
            yield H("div", {"class": "ocr_photo", "id": key, "title": _bbox(item.bbox)}, "")
            continue
        number += 1
        if item.lines:
            yield _block(item, f"{page.number}_{number}", page)


def _block(block: Block, key: str, page: Page) -> etree._Element:
    name = "ocr_table" if block.cells else "ocr_carea"
    area = {"class": name, "id": f"block_{key}", "title": _bbox(block.bbox)}
    if not block.cells:
        return H("div", area, _paragraph(block, key, page))
    rows = groupby(complete_cells(block), key=lambda cell: cell.row)
    content = [H("tr", *(_cell(cell, key, page) for cell in cells)) for _, cells in rows]
    return H("div", area, H("table", *content))


def _cell(cell: Cell, key: str, page: Page) -> etree._Element:
    element = H("th" if cell.header else "td")
    for name, span in (("rowspan", cell.row_span), ("colspan", cell.column_span)):
        if span > 1:
            element.set(name, str(span))
    if any(line.words for line in cell.lines):
        element.append(_paragraph(cell, f"{key}_r{cell.row + 1}c{cell.column + 1}", page))
    return element


def _paragraph(part: Block | Cell, key: str, page: Page) -> etree._Element:
    box = Bbox.around(line.bbox for line in part.lines)
    attributes = {"class": "ocr_par", "id": f"par_{key}", "title": _bbox(box)}
    if part.lines[0].direction == "rtl":
        attributes["dir"] = "rtl"
    lines = enumerate(part.lines, start=1)
    return H("p", attributes, *(_line(line, f"{key}_{n}", page.skew) for n, line in lines))


def _line(line: Line, key: str, skew: float) -> etree._Element:
    title = _bbox(line.bbox)
    if skew:
        # hOCR counts angles counter-clockwise.
        title += f"; textangle {-skew:.2f}"
    element = H("span", {"class": "ocr_line", "id": f"line_{key}", "title": title})
    for index, word in enumerate(line.words, start=1):
        element.append(_word(word, f"{key}_{index}"))
    return element


def _word(word: Word, key: str) -> etree._Element:
    title = f"{_bbox(word.bbox)}; x_wconf {round(word.confidence * 100)}"
    element = H(
        "span", {"class": "ocrx_word", "id": f"word_{key}", "title": title}, clean(word.text)
    )
    element.tail = " " if word.space_after else None
    return element


def _bbox(bbox: Bbox) -> str:
    return f"bbox {bbox.left} {bbox.top} {bbox.right} {bbox.bottom}"
