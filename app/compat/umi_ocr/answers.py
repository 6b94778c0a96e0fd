"""Recognized lines as Umi-OCR answers them. Boxes refer to the picture as it was sent."""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from app.compat.shared.geometry import Sheet
from app.ocr.result import Barcode, Block, Page
from app.ocr.scripts import joins_without_space

Json = dict[str, Any]
SUCCESS, NO_TEXT = 100, 101


def text_blocks(pages: Iterable[Page], parser: str) -> list[Json]:
    """One per line; `end` separates it from the next line, according to the parser."""
    found: list[Json] = []
    for page in pages:
        sheet = Sheet(page)
        for block in page.blocks:
            for line, end in zip(block.lines, _ends(block, parser), strict=True):
                corners = [[round(x), round(y)] for x, y in sheet.corners(line.bbox)]
                score = round(line.confidence, 4)
                found.append({"text": line.text, "score": score, "box": corners, "end": end})
    return found


def joined(blocks: list[Json]) -> str:
    return "".join(block["text"] + block["end"] for block in blocks).rstrip("\n ")


def barcode(page: Page, code: Barcode) -> Json:
    corners = [[round(x), round(y)] for x, y in Sheet(page).corners(code.bbox)]
    return {"text": code.text, "format": code.kind, "box": corners, "orientation": 0, "score": 1}


def answer(started: float, data: Any) -> Json:
    """data: empty if nothing was found, which has its own code. started: from time.time()."""
    code = SUCCESS if data else NO_TEXT
    seconds = round(time.time() - started, 4)
    return {"code": code, "data": data or "", "time": seconds, "timestamp": started}


def _ends(block: Block, parser: str) -> list[str]:
    """Separator after each line.

    Lines of tables, lists and code stay separate; those of paragraphs are joined, except by the
    parsers `…_line`, `…_code` and `none`. The parsers `…_none` join everything.
    """
    texts = [line.text for line in block.lines]
    if parser.endswith(("_line", "_code")) or parser == "none":
        return ["\n"] * len(texts)
    flows = parser.endswith("_none") or block.kind not in ("table", "list", "code")
    inner = [
        ("" if joins_without_space(left, right) else " ") if flows else "\n"
        for left, right in pairwise(texts)
    ]
    return [*inner, " " if parser.endswith("_none") else "\n"][: len(texts)]
