"""Pages as elements of unstructured."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.compat.shared.html import table_html
from app.models import Job
from app.ocr.result import Block, Page

Json = dict[str, Any]
TYPES = {
    "heading": "Title",
    "list": "ListItem",
    "table": "Table",
    "caption": "FigureCaption",
    "code": "CodeSnippet",
    "footnote": "UncategorizedText",
    "header": "Header",
    "footer": "Footer",
    "page_number": "PageNumber",
    "margin": "UncategorizedText",
}
CSV_COLUMNS = (
    "type",
    "element_id",
    "text",
    "filename",
    "filetype",
    "page_number",
    "languages",
    "parent_id",
    "text_as_html",
)


@dataclass(frozen=True, slots=True)
class ElementOptions:
    """first_page: the number of the first page, which a client that split the file names."""

    coordinates: bool = False
    page_breaks: bool = False
    first_page: int = 1


def elements(job: Job, pages: Sequence[Page], options: ElementOptions) -> Iterator[Json]:
    """In reading order; elements after a title have it as parent."""
    parent = ""
    for index, page in enumerate(pages):
        if index and options.page_breaks:
            yield _element(job, page, options, "PageBreak", "", f"break {index}")
        for number, block in enumerate(page.blocks):
            kind = TYPES.get(block.kind, "NarrativeText")
            found = _element(job, page, options, kind, block.text, f"{page.number} {number}")
            metadata = found["metadata"]
            if kind == "Title":
                parent = found["element_id"]
            elif parent and kind not in ("Header", "Footer", "PageNumber"):
                metadata["parent_id"] = parent
            if block.cells:
                metadata["text_as_html"] = table_html(block)
            if options.coordinates:
                metadata["coordinates"] = _coordinates(block, page)
            yield found


def as_csv(found: Sequence[Json]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, CSV_COLUMNS, extrasaction="ignore")
    writer.writeheader()
    for element in found:
        writer.writerow({**element, **element["metadata"]})
    return out.getvalue()


def _element(
    job: Job, page: Page, options: ElementOptions, kind: str, text: str, place: str
) -> Json:
    """The id is the same for the same file, place and text."""
    identity = f"{job.upload.sha256} {place} {text}"
    return {
        "type": kind,
        "element_id": hashlib.sha256(identity.encode()).hexdigest()[:32],
        "text": text,
        "metadata": {
            "filename": job.upload.name,
            "filetype": job.upload.media_type,
            "page_number": page.number + options.first_page - 1,
            "languages": list(page.languages),
        },
    }


def _coordinates(block: Block, page: Page) -> Json:
    """Corners from the top left one, counter-clockwise, in pixels of the upright page."""
    left, top, right, bottom = map(float, block.bbox)
    return {
        "points": [[left, top], [left, bottom], [right, bottom], [right, top]],
        "system": "PixelSpace",
        "layout_width": page.width,
        "layout_height": page.height,
    }
