"""Elements of unstructured combined into chunks of limited size."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator

from .chunk_groups import ChunkOptions, Group, Json, groups_of

# Metadata of the first element that is used for the whole chunk.
COMMON = ("filename", "filetype", "page_number")
# Each part of a cut element would repeat the whole element; beyond this many, none does.
MOST_COPIES = 20


def chunks(elements: Iterable[Json], options: ChunkOptions) -> Iterator[Json]:
    """Chunks in reading order. Text too large for a chunk is cut."""
    for group in groups_of(elements, options):
        pieces = list(split_text(group.text, options.most, options.overlap))
        original = options.originals and len(pieces) <= MOST_COPIES
        for number, piece in enumerate(pieces):
            yield _chunk(group, piece, number, whole=len(pieces) == 1, original=original)


def split_text(text: str, most: int, overlap: int) -> Iterator[str]:
    """Parts cut between lines, else words, else anywhere; each repeats the end of the previous.

    overlap: less than half of most, so that every part has new text.
    """
    at, head = 0, ""
    while len(head) + len(text) - at > most:
        window = head + text[at : at + most + 1 - len(head)]
        cut, gap = _cut(window, most, overlap)
        part = window[:cut].rstrip()
        yield part
        at += cut - len(head)
        while at < len(text) and text[at].isspace():
            at += 1
        repeated = overlap - len(gap)
        head = part[-repeated:].lstrip() + gap if repeated > 0 else ""
    if head or at < len(text):
        yield head + text[at:]


def _cut(window: str, most: int, overlap: int) -> tuple[int, str]:
    """Index of the cut, and the white space to keep there."""
    for space in "\n", " ":
        found = window.rfind(space, overlap + 1)
        if found > 0 and window[:found].strip():
            return found, " "
    return most, ""


def _chunk(group: Group, text: str, number: int, *, whole: bool, original: bool) -> Json:
    """number: of the part, from 0. whole: the group is a single part."""
    first = group.elements[0]["metadata"]
    metadata: Json = {name: first[name] for name in COMMON}
    languages = [code for one in group.elements for code in one["metadata"]["languages"]]
    metadata["languages"] = list(dict.fromkeys(languages))
    if whole and "text_as_html" in first and group.is_table:
        metadata["text_as_html"] = first["text_as_html"]
    if number:
        metadata["is_continuation"] = True
    if original:
        metadata["orig_elements"] = packed(group.elements)
    identity = f"{group.elements[0]['element_id']} {number} {text}"
    return {
        "type": _chunk_type(group, whole=whole),
        "element_id": hashlib.sha256(identity.encode()).hexdigest()[:32],
        "text": text,
        "metadata": metadata,
    }


def _chunk_type(group: Group, *, whole: bool) -> str:
    if group.is_table:
        return "Table" if whole else "TableChunk"
    return "CompositeElement"


def packed(elements: list[Json]) -> str:
    """Encoded as unstructured's library decodes them: JSON, zlib, base64."""
    return base64.b64encode(zlib.compress(json.dumps(elements).encode())).decode()
