"""Exporting process: writes one format from an upload; may crash or be killed. No Django.

app.exports.isolation runs it as `python -m app.exports.child <parent> <memory_mb>`, with messages
of app.sandbox.messages on standard input. The answer on standard output is empty, or the error.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from app.ocr.tree import page_from_tree
from app.sandbox.child import answer, confine
from app.sandbox.messages import Message, read_message, write_message

from .base import Document, ExportOptions, Part
from .registry import get_exporter

OUT_OF_MEMORY = "This file needs too much memory to write."


def main(parent: int, memory_mb: int) -> None:
    confine(parent=parent, memory_mb=memory_mb)
    values, _ = answer(lambda: write(sys.stdin.buffer), out_of_memory=OUT_OF_MEMORY)
    write_message(sys.stdout.buffer, values)


def write(requests: IO[bytes]) -> Message:
    """Writes the document that the requests describe to the file that they name."""
    head, _ = read_message(requests)
    document = Document(
        title=head["title"],
        parts=tuple(_part(data, requests) for data in head["parts"]),
        created=datetime.fromisoformat(head["created"]),
    )
    with open(head["target"], "wb") as file:
        get_exporter(head["format"]).write(document, file, ExportOptions(**head["options"]))
    return {}, ()


def _part(data: dict[str, Any], requests: IO[bytes]) -> Part:
    """One file of the document, whose pages follow as a message each."""
    count, source = data.pop("pages"), data.pop("source")
    pages = tuple(page_from_tree(read_message(requests)[0]) for _ in range(count))
    return Part(pages=pages, source=Path(source) if source else None, **data)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
