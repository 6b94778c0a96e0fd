"""A document's tables in order, and the text of a document as rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.exports.base import Document, ExportOptions
from app.exports.xml import page_language
from app.ocr.errors import OcrError
from app.ocr.result import Page

from .lists import ItemList
from .page import page_content
from .tables import Table, joined


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """page: number of the page where the table begins. number: on that page, from 1.

    language: of that page, as a BCP 47 tag.
    """

    page: int
    number: int
    language: str | None
    table: Table

    @property
    def name(self) -> str:
        """Name as in ExportOptions.table."""
        return f"{self.page}.{self.number}"


def document_tables(document: Document, options: ExportOptions) -> Iterator[DocumentTable]:
    """The tables; none with layout "table", which reproduces whole pages.

    Raises OcrError(not_found) if there is no table of the name in the options.
    """
    if options.table:
        yield _named(options.table, document, options)
    elif options.layout != "table":
        yield from _joined_tables(document, options)


def page_tables(page: Page, options: ExportOptions) -> Iterator[DocumentTable]:
    tables = (item for item in page_content(page, options) if isinstance(item, Table))
    for number, table in enumerate(tables, start=1):
        yield DocumentTable(page.number, number, page_language(page), table)


def _joined_tables(document: Document, options: ExportOptions) -> Iterator[DocumentTable]:
    waiting: DocumentTable | None = None
    for found in _all_tables(document, options):
        if waiting and options.join_tables and _goes_on(waiting.table, found.table):
            waiting = replace(waiting, table=joined(waiting.table, found.table))
            continue
        if waiting:
            yield waiting
        waiting = found
    if waiting:
        yield waiting


def text_rows(document: Document, options: ExportOptions) -> Iterator[list[str]]:
    """One row per line; with layout "table", text that is side by side is split into cells."""
    for page in document.pages:
        for item in page_content(page, options):
            if isinstance(item, Table):
                yield from item.texts
            elif isinstance(item, ItemList):
                for entry in item.items:
                    yield from ([line] for line in entry.printed)
            else:
                yield from ([line] for line in item.lines)


def _named(name: str, document: Document, options: ExportOptions) -> DocumentTable:
    plain = replace(options, layout="text", table="")
    for found in _joined_tables(document, plain):
        if found.name == name:
            return found
    raise OcrError("not_found", f"There is no table {name}.")


def _all_tables(document: Document, options: ExportOptions) -> Iterator[DocumentTable]:
    return (found for page in document.pages for found in page_tables(page, options))


def _goes_on(above: Table, below: Table) -> bool:
    return below.continues and above.width == below.width
