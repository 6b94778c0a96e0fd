"""Documents cut into chunks the way docling's hierarchical and hybrid chunkers do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from app.compat.shared.markdown import block_markdown
from app.compat.shared.table_headers import TableHeaders
from app.ocr.result import FURNITURE, Block, Page

from .document import item_text
from .options import AnswerForm

# Approximates models' tokenizers, which cut words into pieces.
TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w{1,4}|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Chunk:
    """headings: outermost first. items: references into the DoclingDocument."""

    text: str
    headings: tuple[str, ...]
    items: tuple[str, ...]
    pages: tuple[int, ...]

    @property
    def in_context(self) -> str:
        """The text under its headings, as it is embedded."""
        return "\n".join([*self.headings, self.text])


def chunks_of(pages: Iterable[Page], form: AnswerForm) -> list[Chunk]:
    found = _by_structure(pages, form)
    return list(_by_size(found, form) if form.chunker == "hybrid" else found)


def _by_structure(pages: Iterable[Page], form: AnswerForm) -> Iterator[Chunk]:
    """One chunk for each paragraph, list and table, without furniture."""
    headings: dict[int, str] = {}
    texts = tables = 0
    for page in pages:
        for kind, group in groupby(page.blocks, _unit):
            blocks = list(group)
            counted = "tables" if kind == "table" else "texts"
            start = tables if kind == "table" else texts
            refs = tuple(f"#/{counted}/{start + at}" for at in range(len(blocks)))
            tables += len(blocks) if kind == "table" else 0
            texts += 0 if kind == "table" else len(blocks)
            if kind == "heading":
                for block in blocks:
                    level = max(block.level, 1)
                    headings = {at: text for at, text in headings.items() if at < level}
                    headings[level] = block.text
            elif kind != "furniture":
                yield from _chunks(page, blocks, refs, tuple(headings.values()), form)


def _unit(block: Block) -> str:
    if block.kind in FURNITURE:
        return "furniture"
    if block.kind == "table":
        return "table" if block.cells else "text"
    return block.kind if block.kind in ("heading", "list") else "text"


def _chunks(
    page: Page,
    blocks: list[Block],
    refs: tuple[str, ...],
    headings: tuple[str, ...],
    form: AnswerForm,
) -> Iterator[Chunk]:
    if blocks[0].kind == "list":
        text = "\n".join(map(_item, blocks))
        yield Chunk(text, headings, refs, (page.number,))
        return
    for block, ref in zip(blocks, refs, strict=True):
        text = _table(page, block, form) if block.cells else block.text
        if text:
            yield Chunk(text, headings, (ref,), (page.number,))


def _item(block: Block) -> str:
    marker = block.marker if block.marker[:1].isdigit() else "-"
    return f"{marker} {item_text(block)}"


def _table(page: Page, block: Block, form: AnswerForm) -> str:
    """Every value with its row and column, such as `Paper, Price = 7.50`, or Markdown."""
    if form.markdown_tables:
        return block_markdown(page, block)
    grid, heads = _filled(block), TableHeaders(block).rows
    names, rows = _column_names(grid, heads), grid[heads:]
    if len(names) == 1:
        values = [f"{names[0]} = {row[0]}" for row in rows]
    else:
        values = [
            f"{row[0]}, {name} = {value}"
            for row in rows
            for name, value in zip(names[1:], row[1:], strict=True)
        ]
    return ". ".join(values or [name for name in names if name])


def _column_names(grid: list[list[str]], heads: int) -> list[str]:
    """Header texts joined with dots, or numbers from 0 if there are no header rows."""
    if not heads:
        return [str(column) for column in range(len(grid[0]))]
    columns = zip(*grid[:heads], strict=True)
    return [".".join(dict.fromkeys(filter(None, texts))) for texts in columns]


def _filled(block: Block) -> list[list[str]]:
    """Cell texts by row and column, repeated throughout each span."""
    grid = block.grid
    for cell in block.cells:
        for row in grid[cell.row : cell.row + cell.row_span]:
            covered = slice(cell.column, cell.column + cell.column_span)
            row[covered] = [grid[cell.row][cell.column]] * cell.column_span
    return grid


def _by_size(chunks: Iterable[Chunk], form: AnswerForm) -> Iterator[Chunk]:
    """Cuts large chunks, and joins small neighbours that have the same headings."""
    waiting: Chunk | None = None
    size = 0
    for part in (part for chunk in chunks for part in _parts(chunk, form.max_tokens)):
        added = tokens(part.text)
        fits = form.merge_peers and size + added <= form.max_tokens
        if waiting and fits and waiting.headings == part.headings:
            waiting, size = _joined(waiting, part), size + added
            continue
        if waiting:
            yield waiting
        waiting, size = part, tokens(part.in_context)
    if waiting:
        yield waiting


def _joined(first: Chunk, second: Chunk) -> Chunk:
    items = tuple(dict.fromkeys(first.items + second.items))
    pages = tuple(dict.fromkeys(first.pages + second.pages))
    return Chunk(f"{first.text}\n{second.text}", first.headings, items, pages)


def _parts(chunk: Chunk, most: int) -> Iterator[Chunk]:
    """The chunk cut between words, without its headings if they leave too little room."""
    if tokens(chunk.in_context) <= most:
        yield chunk
        return
    room = most - tokens("\n".join(chunk.headings))
    if room < most // 2:
        chunk, room = replace(chunk, headings=()), most
    size, words = 0, []
    for word in re.findall(r"\S+\s*", chunk.text):
        count = tokens(word)
        if words and size + count > room:
            yield replace(chunk, text="".join(words).rstrip())
            size, words = 0, []
        words.append(word)
        size += count
    yield replace(chunk, text="".join(words).rstrip())


def tokens(text: str) -> int:
    """Estimated number of tokens."""
    return sum(1 for _ in TOKEN.finditer(text))
