"""Textract's analyses: TABLE, CELL and LAYOUT blocks beside lines and words."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from app.ocr import result
from app.ocr.errors import OcrError
from app.ocr.result import Page

from .blocks import Block, PageBlocks, child_ids, percent
from .table_grid import TableGrid

TABLES, LAYOUT = "TABLES", "LAYOUT"
SERVED = (TABLES, LAYOUT)
LAYOUTS = {
    "header": "LAYOUT_HEADER",
    "footer": "LAYOUT_FOOTER",
    "page_number": "LAYOUT_PAGE_NUMBER",
    "table": "LAYOUT_TABLE",
}


def features_of(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Features in the order of SERVED. Raises OcrError(bad_option) for any other feature.

    Ignoring it would look like an empty result.
    """
    wanted = body.get("FeatureTypes")
    if not isinstance(wanted, list) or not wanted:
        raise OcrError("bad_option", "Request has invalid parameters: FeatureTypes is missing")
    for name in wanted:
        if name not in SERVED:
            message = f"The feature {str(name)[:40]} is not served here; TABLES and LAYOUT are."
            raise OcrError("bad_option", message)
    return tuple(name for name in SERVED if name in wanted)


class AnalyzedPage(PageBlocks):
    """Blocks of a page with its tables and layout. features: TABLES, LAYOUT or both."""

    def __init__(self, job_id: uuid.UUID, page: Page, features: tuple[str, ...]) -> None:
        super().__init__(job_id, page, marks=TABLES in features)
        self.features = features
        self.table_count = 0
        self.line_ids: list[tuple[result.Block, list[str]]] = []

    def add(self, block: result.Block) -> list[Block]:
        lines: list[str] = []
        members: list[list[str]] = []
        for line in block.lines:
            line_ids, member_ids = self.add_line(line)
            lines += line_ids
            members.append(member_ids)
        self.line_ids.append((block, lines))
        return self.table(block, members) if TABLES in self.features and block.cells else []

    def table(self, block: result.Block, members: list[list[str]]) -> list[Block]:
        """members: for each of the block's lines, the ids of its words and marks."""
        name, self.table_count = f"table{self.table_count}", self.table_count + 1
        grid = TableGrid(block)
        waiting = iter(members)
        contents = {
            (cell.row, cell.column): [each for _ in cell.lines for each in next(waiting)]
            for cell in block.cells
        }
        cells = {
            at: self.cell(f"{name}.{at[0]}.{at[1]}", grid, at, contents.get(at, []))
            for at in grid.places
        }
        merged = [
            self.merged_cell(f"{name}.merged.{cell.row}.{cell.column}", cell, cells)
            for cell in grid.merged
        ]
        related = [{"Type": "CHILD", "Ids": [cell["Id"] for cell in cells.values()]}]
        if merged:
            related.append({"Type": "MERGED_CELL", "Ids": [cell["Id"] for cell in merged]})
        table = {
            "BlockType": "TABLE",
            "Confidence": percent(block.confidence),
            **self.place(name, block.bbox),
            "Relationships": related,
            "EntityTypes": ["STRUCTURED_TABLE"],
        }
        return [table, *cells.values(), *merged]

    def cell(self, name: str, grid: TableGrid, at: tuple[int, int], ids: list[str]) -> Block:
        header = {"EntityTypes": ["COLUMN_HEADER"]} if at in grid.column_headers else {}
        return {
            "BlockType": "CELL",
            "Confidence": percent(grid.confidence(at)),
            "RowIndex": at[0] + 1,
            "ColumnIndex": at[1] + 1,
            "RowSpan": 1,
            "ColumnSpan": 1,
            **self.place(name, grid.box(at)),
            **child_ids(ids),
            **header,
        }

    def merged_cell(
        self, name: str, cell: result.Cell, cells: dict[tuple[int, int], Block]
    ) -> Block:
        covered = [cells[at]["Id"] for at in TableGrid.covered(cell)]
        return {
            "BlockType": "MERGED_CELL",
            "Confidence": cells[cell.row, cell.column]["Confidence"],
            "RowIndex": cell.row + 1,
            "ColumnIndex": cell.column + 1,
            "RowSpan": cell.row_span,
            "ColumnSpan": cell.column_span,
            **self.place(name, cell.bbox),
            **child_ids(covered),
        }

    def ends(self) -> list[Block]:
        """LAYOUT blocks in reading order; consecutive items form one list."""
        if LAYOUT not in self.features:
            return []
        found: list[Block] = []
        filled = [(block, ids) for block, ids in self.line_ids if ids]
        numbered = enumerate(filled)
        for is_list, group in groupby(numbered, lambda each: each[1][0].kind == "list"):
            parts = [self.layout(f"layout{at}", block, ids) for at, (block, ids) in group]
            found += [self.list_of(parts), *parts] if is_list else parts
        return found

    def layout(self, name: str, block: result.Block, line_ids: list[str]) -> Block:
        return {
            "BlockType": layout_type(block),
            "Confidence": percent(block.confidence),
            **self.place(name, block.bbox),
            **child_ids(line_ids),
        }

    def list_of(self, items: list[Block]) -> Block:
        ids = [item["Id"] for item in items]
        boxes = [item["Geometry"]["BoundingBox"] for item in items]
        left, top = (min(box[side] for box in boxes) for side in ("Left", "Top"))
        right = max(box["Left"] + box["Width"] for box in boxes)
        bottom = max(box["Top"] + box["Height"] for box in boxes)
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        return {
            "BlockType": "LAYOUT_LIST",
            "Confidence": min(item["Confidence"] for item in items),
            "Geometry": {
                "BoundingBox": {
                    "Width": right - left,
                    "Height": bottom - top,
                    "Left": left,
                    "Top": top,
                },
                "Polygon": [{"X": x, "Y": y} for x, y in corners],
            },
            "Id": str(uuid.uuid5(self.job_id, f"list of {ids[0]}")),
            **child_ids(ids),
        }


def layout_type(block: result.Block) -> str:
    if block.kind == "heading":
        return "LAYOUT_TITLE" if block.level == 1 else "LAYOUT_SECTION_HEADER"
    return LAYOUTS.get(block.kind, "LAYOUT_TEXT")
