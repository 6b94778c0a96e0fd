"""An older text layer goes before a new one comes, or every word would be found twice."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import ContentStreamInstruction, Name, Operator

INVISIBLE = 3
SHOW = {Operator(name) for name in ("Tj", "TJ", "'", '"')}
SAVE, RESTORE, RENDER = Operator("q"), Operator("Q"), Operator("Tr")


def remove_invisible_text(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Drops the text that the page's own content shows in rendering mode 3."""
    # Parsing a large drawing takes seconds; without fonts or a "3 Tr" there is nothing to find.
    if Name.Font not in page.resources or b" Tr" not in _content(page):
        return
    instructions = list(_visible(pikepdf.parse_content_stream(page)))
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def _content(page: pikepdf.Page) -> bytes:
    contents = page.obj.get(Name.Contents, pikepdf.Array())
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(stream.read_bytes() for stream in streams)


def _visible(
    instructions: list[ContentStreamInstruction | pikepdf.ContentStreamInlineImage],
) -> Iterator[ContentStreamInstruction | pikepdf.ContentStreamInlineImage]:
    hidden, saved = False, []
    for instruction in instructions:
        if instruction.operator == SAVE:
            saved.append(hidden)
        elif instruction.operator == RESTORE and saved:
            hidden = saved.pop()
        elif instruction.operator == RENDER:
            hidden = list(instruction.operands) == [INVISIBLE]
        if not (hidden and instruction.operator in SHOW):
            yield instruction
