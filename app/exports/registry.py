"""Export formats by name; a class is imported when its name is first used."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from app.ocr.errors import OcrError

from .base import Exporter

EXPORTS = {
    "txt": "app.exports.txt.TextExporter",
    "json": "app.exports.json.JsonExporter",
    "tsv": "app.exports.tsv.TsvExporter",
    "csv": "app.exports.csv.CsvExporter",
    "hocr": "app.exports.hocr.HocrExporter",
    "alto": "app.exports.alto.AltoExporter",
    "page": "app.exports.page_xml.PageXmlExporter",
    "pdf": "app.exports.pdf.PdfExporter",
    "docx": "app.exports.docx.DocxExporter",
    "xlsx": "app.exports.xlsx.XlsxExporter",
    "md": "app.exports.markdown.MarkdownExporter",
    "html": "app.exports.html.HtmlExporter",
    "figures": "app.exports.figures.exporter.FiguresExporter",
}


@cache
def get_exporter(name: str) -> Exporter:
    """The format's one exporter. Raises OcrError(unknown_format)."""
    try:
        module, _, attribute = EXPORTS[name].rpartition(".")
    except KeyError:
        known = ", ".join(EXPORTS)
        raise OcrError("unknown_format", f"No format “{name[:40]}”. Known: {known}.") from None
    exporter_class: type[Exporter] = getattr(import_module(module), attribute)
    return exporter_class()
