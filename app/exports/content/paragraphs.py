"""Blocks as paragraphs of text: line by line or joined, with or without hyphenation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.exports.base import ExportOptions
from app.ocr.result import Block, Page
from app.ocr.scripts import joins_without_space
from app.ocr.text import clean, one_line

from .code import code_lines

# Hyphen-minus, soft hyphen, hyphen, and the double oblique hyphen of blackletter print.
HYPHENS = ("-", "\N{SOFT HYPHEN}", "\N{HYPHEN}", "\N{DOUBLE OBLIQUE HYPHEN}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """kind, level: of the block. direction: of its first line."""

    kind: str
    direction: str
    lines: tuple[str, ...]
    level: int = 0

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def paragraphs(page: Page, options: ExportOptions) -> Iterator[Paragraph]:
    """The page's blocks in reading order, without empty ones."""
    for block in page.blocks:
        paragraph = block_paragraph(block, options)
        if paragraph.lines:
            yield paragraph


def block_paragraph(block: Block, options: ExportOptions) -> Paragraph:
    lines = block_lines(block)
    if not _ends_its_lines(block):
        lines = joined_lines(lines, options)
    direction = block.lines[0].direction if block.lines else "ltr"
    return Paragraph(block.kind, direction, tuple(lines), block.level)


def block_lines(block: Block) -> list[str]:
    """Clean lines without empty ones; for tables, rows with tabs between cells."""
    if block.kind == "code":
        return code_lines(block)
    if block.cells:
        return [row for row in clean(block.text).split("\n") if row.strip()]
    return [text for text in (one_line(line.text) for line in block.lines) if text]


def _ends_its_lines(block: Block) -> bool:
    """Whether line ends matter, as in lists of version 1, where each line is an item."""
    return block.kind in ("table", "code") or (block.kind == "list" and not block.level)


def joined_lines(lines: list[str], options: ExportOptions) -> list[str]:
    """The lines, joined as the options say."""
    if options.join_hyphens:
        lines = join_hyphens(lines)
    return [join_lines(lines)] if options.join_paragraphs and lines else lines


def join_hyphens(lines: Iterable[str]) -> list[str]:
    """Rejoins divided words on the upper line: "recog-", "nize it" -> "recognize", "it"."""
    joined: list[str] = []
    for line in lines:
        if joined and _is_divided(joined[-1], line):
            rest, _, following = line.partition(" ")
            joined[-1] = joined[-1][:-1] + rest
            joined.extend([following] if following else [])
        else:
            joined.append(line)
    return joined


def join_lines(lines: list[str]) -> str:
    """One line. Chinese, Japanese and words with a kept hyphen are joined without a space."""
    text = lines[0]
    for left, right in pairwise(lines):
        text += ("" if _touches(left, right) else " ") + right
    return text


def _is_divided(line: str, following: str) -> bool:
    """Whether a hyphen divides a word; a capital or digit after it suggests a compound.

    Examples of compounds: Baden-Württemberg, 2024-05.
    """
    if line.endswith("\N{SOFT HYPHEN}"):
        return True
    return line.endswith(HYPHENS) and line[-2:-1].isalpha() and following[:1].islower()


def _touches(left: str, right: str) -> bool:
    compound = left.endswith(HYPHENS) and left[-2:-1].isalpha()
    return compound or joins_without_space(left, right)
