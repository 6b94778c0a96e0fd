"""Pages as elements of unstructured."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.compat.shared.figures import FigurePictures, inner_blocks
from app.compat.shared.html import table_html
from app.models import Job
from app.ocr.layout.figures import Figure, figures_of, in_reading_order
from app.ocr.result import Bbox, Block, Page

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
    """Options of elements.

    first_page: number of the first page, sent by clients that split files. images: include the
    pictures of figures.
    """

    coordinates: bool = False
    page_breaks: bool = False
    first_page: int = 1
    images: bool = False


def elements(job: Job, pages: Sequence[Page], options: ElementOptions) -> Iterator[Json]:
    """Elements in reading order; those after a title have it as their parent."""
    parent = ""
    pictures = FigurePictures(job) if options.images else None
    for index, page in enumerate(pages):
        if index and options.page_breaks:
            yield _element(job, page, options, "PageBreak", "", f"break {index}")
        for number, item in enumerate(_items(page)):
            found = _of_item(job, page, item, options, f"{page.number} {number}")
            kind, metadata = found["type"], found["metadata"]
            if kind == "Title":
                parent = found["element_id"]
            elif parent and kind not in ("Header", "Footer", "PageNumber"):
                metadata["parent_id"] = parent
            if isinstance(item, Figure) and pictures:
                metadata |= _picture(pictures, page, item)
            if options.coordinates:
                metadata["coordinates"] = _coordinates(item.bbox, page)
            yield found


def _items(page: Page) -> Iterator[Block | Figure]:
    """Blocks and figures; text inside a figure belongs to the figure's element."""
    inside = {at for figure in figures_of(page) for at in inner_blocks(page, figure)}
    own = {id(page.blocks[at]) for at in inside}
    return (item for item in in_reading_order(page) if id(item) not in own)


def _of_item(
    job: Job, page: Page, item: Block | Figure, options: ElementOptions, place: str
) -> Json:
    if isinstance(item, Figure):
        text = "\n".join(page.blocks[at].text for at in inner_blocks(page, item))
        return _element(job, page, options, "Image", text, place)
    kind = TYPES.get(item.kind, "NarrativeText")
    found = _element(job, page, options, kind, item.text, place)
    if item.cells:
        found["metadata"]["text_as_html"] = table_html(item)
    return found


def _picture(pictures: FigurePictures, page: Page, figure: Figure) -> Json:
    data = pictures.base64(page, figure)
    return {"image_base64": data, "image_mime_type": "image/jpeg"} if data else {}


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
    """An element, whose id depends only on file, place and text."""
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


def _coordinates(box: Bbox, page: Page) -> Json:
    """Corners in pixels of the upright page, counter-clockwise from the top left."""
    left, top, right, bottom = map(float, box)
    return {
        "points": [[left, top], [left, bottom], [right, bottom], [right, top]],
        "system": "PixelSpace",
        "layout_width": page.width,
        "layout_height": page.height,
    }
