"""A recognized file as DoclingDocument, the JSON of docling-core 2."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.compat.shared.figures import FigurePictures
from app.compat.shared.table_headers import TableHeaders
from app.models import Job
from app.ocr.layout.figures import Figure, in_reading_order
from app.ocr.result import FURNITURE, Block, Cell, Page

from .figures import FigureItems
from .places import box_of, provenance

SCHEMA_VERSION = "1.7.0"
BODY = {"$ref": "#/body"}
LABELS = {
    "heading": "section_header",
    "list": "list_item",
    "caption": "caption",
    "code": "code",
    "footnote": "footnote",
    "header": "page_header",
    "footer": "page_footer",
    "page_number": "page_footer",
}
Json = dict[str, Any]


class DoclingDocument:
    """Collects the items of all pages; `render()` returns the document."""

    def __init__(
        self, job: Job, pages: Iterable[Page], pictures: FigurePictures | None = None
    ) -> None:
        """pictures: of the figures, if the document should contain them."""
        self.name, _, _ = (job.upload.name or str(job.pk)).rpartition(".")
        self.job = job
        self.body: list[Json] = []
        self.figures = FigureItems(pictures)
        self.items: dict[str, list[Json]] = {"groups": [], "texts": [], "tables": []}
        self.pages: dict[str, Json] = {}
        for page in pages:
            self._add_page(page)

    def render(self) -> Json:
        return {
            "schema_name": "DoclingDocument",
            "version": SCHEMA_VERSION,
            "name": self.name or self.job.upload.name,
            "origin": {
                "mimetype": self.job.upload.media_type,
                # 64 bits, as docling has them
                "binary_hash": int(self.job.upload.sha256[:16], 16),
                "filename": self.job.upload.name or str(self.job.pk),
            },
            "furniture": _root("furniture", []),
            "body": _root("body", self.body),
            "groups": self.items["groups"],
            "texts": self.items["texts"],
            "pictures": self.figures.items,
            "tables": self.items["tables"],
            "key_value_items": [],
            "form_items": [],
            "pages": self.pages,
        }

    def _add_page(self, page: Page) -> None:
        size = {"width": float(page.width), "height": float(page.height)}
        self.pages[str(page.number)] = {"size": size, "page_no": page.number}
        captions = self.figures.add(page)
        group: Json | None = None
        for block in in_reading_order(page):
            if isinstance(block, Figure):
                self.body.append(self.figures.reference(block))
                group = None
                continue
            if picture := captions.get(id(block)):
                self._add_caption(block, page, picture)
            elif block.kind == "table" and block.cells:
                self._add("tables", _table(block, page), BODY)
            elif block.kind == "list":
                group = group or self._add("groups", {"name": "list", "label": "list"}, BODY)
                self._add("texts", _text(block, page), {"$ref": group["self_ref"]}, group)
            else:
                self._add("texts", _text(block, page), BODY)
            group = group if block.kind == "list" else None

    def _add_caption(self, block: Block, page: Page, picture: Json) -> None:
        """Adds a caption as a child of its picture, not of the body."""
        item = self._add("texts", _text(block, page), {"$ref": picture["self_ref"]}, picture)
        picture["captions"].append({"$ref": item["self_ref"]})

    def _add(self, kind: str, item: Json, parent: Json, group: Json | None = None) -> Json:
        reference = f"#/{kind}/{len(self.items[kind])}"
        layer = item.pop("content_layer", "body")
        head = {"self_ref": reference, "parent": parent, "children": [], "content_layer": layer}
        self.items[kind].append(head | item)
        (group["children"] if group else self.body).append({"$ref": reference})
        return self.items[kind][-1]


def _root(layer: str, children: list[Json]) -> Json:
    return {
        "self_ref": f"#/{layer}",
        "children": children,
        "content_layer": layer,
        "name": "_root_",
        "label": "unspecified",
    }


def _text(block: Block, page: Page) -> Json:
    text = block.text
    item: Json = {
        "content_layer": "furniture" if block.kind in FURNITURE else "body",
        "label": LABELS.get(block.kind, "text"),
        "prov": provenance(block.bbox, page, text),
        "orig": text,
        "text": text,
    }
    if block.kind == "heading":
        item["level"] = max(block.level, 1)
    if block.kind == "list":
        item["enumerated"] = block.marker[:1].isdigit()
        item["marker"] = block.marker
        item["text"] = item_text(block)
    if block.kind == "code":
        item |= {"captions": [], "references": [], "footnotes": [], "code_language": "unknown"}
    return item


def item_text(item: Block) -> str:
    """The text of a list's item without its bullet or number."""
    return item.text.removeprefix(item.marker).lstrip()


def _table(block: Block, page: Page) -> Json:
    headers = TableHeaders(block)
    cells = [_cell(cell, headers) for cell in block.cells]
    rows, columns = len(block.grid), len(block.grid[0])
    empty = [[_empty_cell(row, column) for column in range(columns)] for row in range(rows)]
    for cell, data in zip(block.cells, cells, strict=True):
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                empty[row][column] = data
    return {
        "label": "table",
        "prov": provenance(block.bbox, page, ""),
        "captions": [],
        "references": [],
        "footnotes": [],
        "data": {"table_cells": cells, "num_rows": rows, "num_cols": columns, "grid": empty},
        "annotations": [],
    }


def _cell(cell: Cell, headers: TableHeaders) -> Json:
    return _empty_cell(cell.row, cell.column) | {
        "bbox": box_of(cell.bbox),
        "row_span": cell.row_span,
        "col_span": cell.column_span,
        "end_row_offset_idx": cell.row + cell.row_span,
        "end_col_offset_idx": cell.column + cell.column_span,
        "text": cell.text,
        "column_header": headers.names_column(cell),
        "row_header": headers.names_row(cell),
    }


def _empty_cell(row: int, column: int) -> Json:
    return {
        "bbox": None,
        "row_span": 1,
        "col_span": 1,
        "start_row_offset_idx": row,
        "end_row_offset_idx": row + 1,
        "start_col_offset_idx": column,
        "end_col_offset_idx": column + 1,
        "text": "",
        "column_header": False,
        "row_header": False,
        "row_section": False,
    }
