"""The contract of every export format: a Document in, bytes out."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, ClassVar, Protocol

from app.ocr.edits.correction import corrected_pages
from app.ocr.errors import OcrError
from app.ocr.result import Page

LAYOUTS = ("text", "lines", "table")
TABLE_NAME = re.compile(r"[1-9]\d{0,6}\.[1-9]\d{0,4}", re.ASCII)
CONTENTS = ("tables", "lines")
SCHEMAS = (2, 1)
GENERATOR = "onlineocr"


class Pages(Protocol):
    """Pages in order, iterable more than once: a tuple, or rows loaded one by one."""

    def __iter__(self) -> Iterator[Page]: ...

    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Part:
    """One recognized file.

    source, media_type, password: the file as it was uploaded, None if it is not kept; a page's
    number is its place in that file. corrected_text: the whole text as a person corrected it, or
    None.
    """

    file_name: str
    pages: Pages
    source: Path | None = None
    media_type: str = ""
    password: str = ""
    corrected_text: str | None = None

    @property
    def uploaded_file(self) -> Path:
        """`source`. Raises OcrError(source_missing) if it is not kept."""
        if self.source is None or not self.source.is_file():
            raise OcrError("source_missing", "The uploaded file is no longer kept; send it again.")
        return self.source

    @property
    def final_pages(self) -> Iterator[Page]:
        """The pages with their corrected text, if there is any."""
        if self.corrected_text is None:
            return iter(self.pages)
        return iter(corrected_pages(self.pages, self.corrected_text))


@dataclass(frozen=True, slots=True)
class Document:
    """The document to export: one recognized file, or several merged in the given order.

    figures: JPEG pictures of the figures that could be cut out of the file, by page and figure
    number, for formats that show them.
    """

    title: str
    parts: tuple[Part, ...]
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    figures: Mapping[tuple[int, int], bytes] = field(default_factory=dict)

    @property
    def pages(self) -> Iterator[Page]:
        """All pages, corrected; numbered consecutively from 1 if several files are merged."""
        if len(self.parts) == 1:
            yield from self.parts[0].final_pages
            return
        pages = (page for part in self.parts for page in part.final_pages)
        for number, page in enumerate(pages, start=1):
            yield replace(page, number=number)

    @property
    def page_count(self) -> int:
        return sum(len(part.pages) for part in self.parts)

    @property
    def file_name(self) -> str:
        return self.parts[0].file_name if self.parts else ""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Options of an export. Formats ignore those that mean nothing to them.

    layout: "text" (blocks separated), "lines" (one line after the other) or "table" (text that is
    side by side on the page stays in one row, in aligned columns). join_paragraphs: join a block's
    lines. join_hyphens: rejoin words divided at a line's end. pdfa: PDF/A-2b instead of PDF.
    furniture: include furniture in formats that leave it out. schema: version of the JSON.
    content: "tables" or "lines" as CSV. join_tables: join the parts of a table that continues over
    pages. table: the only table wanted in csv and xlsx, such as "3.1" for the first on page 3.
    lossless: figures as PNG instead of JPEG.
    """

    layout: str = "text"
    join_paragraphs: bool = False
    join_hyphens: bool = False
    pdfa: bool = False
    furniture: bool = False
    schema: int = SCHEMAS[0]
    content: str = CONTENTS[0]
    join_tables: bool = False
    table: str = ""
    lossless: bool = False

    def __post_init__(self) -> None:
        for name, known in (("layout", LAYOUTS), ("content", CONTENTS), ("schema", SCHEMAS)):
            if getattr(self, name) not in known:
                values = ", ".join(map(str, known))
                raise OcrError("bad_option", f"{name} must be one of {values}.")
        if self.table and not TABLE_NAME.fullmatch(self.table):
            raise OcrError("bad_option", "table must be a page and a number on it, such as 3.1.")


@dataclass(frozen=True, slots=True)
class FileType:
    """extension: without the dot."""

    media_type: str
    extension: str


class Exporter(ABC):
    """Writes documents in one format. Holds no state: one object may serve every request."""

    name: ClassVar[str]
    title: ClassVar[str]
    media_type: ClassVar[str]
    extension: ClassVar[str]
    # Whether it opens the uploaded file; then it runs only in app.exports.child.
    opens_source: ClassVar[bool] = False
    # Whether it shows the pictures of figures.
    shows_figures: ClassVar[bool] = False

    def file_type(self, document: Document, options: ExportOptions) -> FileType:
        """Type of the file that write() produces for this document."""
        return FileType(self.media_type, self.extension)

    @abstractmethod
    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        """Writes page by page; the stream need not be seekable.

        Raises OcrError for unusable sources.
        """
