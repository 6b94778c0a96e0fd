"""Grouping of elements into chunks, by the rules of unstructured's two strategies.

https://docs.unstructured.io/open-source/core-functionality/chunking
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class ChunkOptions:
    """Options of chunks; sizes in characters.

    by_title: start a chunk at each title, else go by size only. most: maximum of any chunk.
    enough: a chunk larger than this takes no further element. combine_under: smaller sections are
    joined. overlap: repeated where an element is cut; with overlap_all, at the start of every
    chunk. multipage: sections may extend over pages. originals: include the elements in the
    metadata.
    """

    by_title: bool
    most: int = 500
    enough: int = 500
    combine_under: int = 500
    overlap: int = 0
    overlap_all: bool = False
    multipage: bool = True
    originals: bool = True


class Group:
    """Elements of one chunk. overlap: end of the previous chunk. size: of the text."""

    def __init__(self, overlap: str = "") -> None:
        self.elements: list[Json] = []
        self._texts = [overlap] if overlap else []
        self.size = len(overlap)

    def add(self, *elements: Json) -> None:
        for element in elements:
            self.elements.append(element)
            # Lines of a paragraph become one in every chunk.
            if text := " ".join(element["text"].split()):
                self.size += len(text) + (len(SEPARATOR) if self._texts else 0)
                self._texts.append(text)

    def fits(self, size: int, options: ChunkOptions) -> bool:
        return self.size + len(SEPARATOR) + size <= options.most

    def tail(self, options: ChunkOptions) -> str:
        """Text to repeat at the start of the next chunk."""
        if not (options.overlap and options.overlap_all) or self.is_table:
            return ""
        return self.text[-options.overlap :].strip()

    @property
    def text(self) -> str:
        return SEPARATOR.join(self._texts)

    @property
    def is_table(self) -> bool:
        return is_table(self.elements[0])


def groups_of(elements: Iterable[Json], options: ChunkOptions) -> Iterator[Group]:
    """Groups in reading order; every table is its own group."""
    found = _groups((one for one in elements if one["type"] != "PageBreak"), options)
    return _combined(found, options) if options.by_title else found


def is_table(element: Json) -> bool:
    return bool(element["type"] == "Table")


def _groups(elements: Iterable[Json], options: ChunkOptions) -> Iterator[Group]:
    group = Group()
    for element in elements:
        if group.elements and not _belongs(element, group, options):
            yield group
            group = Group("" if is_table(element) else group.tail(options))
        group.add(element)
    if group.elements:
        yield group


def _belongs(element: Json, group: Group, options: ChunkOptions) -> bool:
    if group.is_table or is_table(element):
        return False
    if options.by_title and (element["type"] == "Title" or _turns(element, group, options)):
        return False
    return group.size <= options.enough and group.fits(len(element["text"]), options)


def _turns(element: Json, group: Group, options: ChunkOptions) -> bool:
    """Whether the element is on another page and sections must end with their page."""
    pages = {one["metadata"]["page_number"] for one in (element, group.elements[-1])}
    return not options.multipage and len(pages) > 1


def _combined(groups: Iterable[Group], options: ChunkOptions) -> Iterator[Group]:
    """Joins neighbouring groups while the first is small and both fit into a chunk."""
    waiting: Group | None = None
    for group in groups:
        if waiting and _joins(waiting, group, options):
            waiting.add(*group.elements)
            continue
        if waiting:
            yield waiting
        waiting = group
    if waiting:
        yield waiting


def _joins(first: Group, second: Group, options: ChunkOptions) -> bool:
    if first.is_table or second.is_table:
        return False
    small = first.size < min(options.combine_under, options.enough)
    added = Group()
    added.add(*second.elements)
    return small and first.fits(added.size, options)
