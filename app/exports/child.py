"""Writes one export of a file of a stranger; may crash or be killed. No Django, no secrets.

Run by app.exports.isolation as `python -m app.exports.child <parent> <memory_mb>`: the request
comes on standard input, the answer goes to standard output: `{}`, or the error as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from app.ocr.errors import OcrError
from app.ocr.tree import page_from_tree
from app.sandbox.limits import die_with_parent, leave_network, limit_memory

from .base import Document, ExportOptions, Part
from .registry import get_exporter


def main(parent: int, memory_mb: int) -> None:
    die_with_parent(parent)
    leave_network()
    limit_memory(memory_mb)
    json.dump(answer(sys.stdin), sys.stdout)


def answer(lines: Iterator[str]) -> dict[str, str]:
    try:
        write(lines)
    except OcrError as error:
        return {"code": error.code, "message": error.message}
    except MemoryError:
        return {"code": "out_of_memory", "message": "This file needs too much memory to write."}
    return {}


def write(lines: Iterator[str]) -> None:
    head = json.loads(next(lines))
    document = Document(
        title=head["title"],
        parts=tuple(_part(data, lines) for data in head["parts"]),
        created=datetime.fromisoformat(head["created"]),
    )
    with open(head["target"], "wb") as file:
        get_exporter(head["format"]).write(document, file, ExportOptions(**head["options"]))


def _part(data: dict[str, Any], lines: Iterator[str]) -> Part:
    pages = tuple(page_from_tree(json.loads(next(lines))) for _ in range(data.pop("pages")))
    source = data.pop("source")
    return Part(pages=pages, source=Path(source) if source else None, **data)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
