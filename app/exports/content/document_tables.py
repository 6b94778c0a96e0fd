"""A document's tables in order, and the text of one that has none as rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.exports.base import Document, ExportOptions
from app.exports.xml import page_language

from .lists import ItemList
from .page import page_content
from .tables import Table, joined


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """page: the number of the page where it begins. language: that page's, as BCP 47."""

    page: int
    language: str | None
    table: Table


def document_tables(document: Document, options: ExportOptions) -> Iterator[DocumentTable]:
    """None with layout "table", which shows the pages as they are."""
    if options.layout == "table":
        return
    waiting: DocumentTable | None = None
    for found in _page_tables(document, options):
        if waiting and options.join_tables and _goes_on(waiting.table, found.table):
            waiting = replace(waiting, table=joined(waiting.table, found.table))
            continue
        if waiting:
            yield waiting
        waiting = found
    if waiting:
        yield waiting


def text_rows(document: Document, options: ExportOptions) -> Iterator[list[str]]:
    """A line in each row; what stands side by side is in cells with layout "table"."""
    for page in document.pages:
        for item in page_content(page, options):
            if isinstance(item, Table):
                yield from item.texts
            elif isinstance(item, ItemList):
                for entry in item.items:
                    yield from ([line] for line in entry.printed)
            else:
                yield from ([line] for line in item.lines)


def _page_tables(document: Document, options: ExportOptions) -> Iterator[DocumentTable]:
    for page in document.pages:
        for item in page_content(page, options):
            if isinstance(item, Table):
                yield DocumentTable(page.number, page_language(page), item)


def _goes_on(above: Table, below: Table) -> bool:
    return below.continues and above.width == below.width
