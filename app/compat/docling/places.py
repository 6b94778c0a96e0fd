"""Places of items on their pages, as docling writes them."""

from __future__ import annotations

from typing import Any

from app.ocr.result import Bbox, Page

Json = dict[str, Any]


def provenance(box: Bbox, page: Page, text: str) -> list[Json]:
    return [{"page_no": page.number, "bbox": box_of(box), "charspan": [0, len(text)]}]


def box_of(box: Bbox) -> Json:
    """The box in pixels of the upright page, like the page sizes."""
    left, top, right, bottom = map(float, box)
    return {"l": left, "t": top, "r": right, "b": bottom, "coord_origin": "TOPLEFT"}
