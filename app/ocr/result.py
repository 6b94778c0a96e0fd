"""The engine-neutral result tree: page > block > line > word.

Engines produce it, storage keeps it, exports and vendor contracts render it.
Boxes are pixels of the upright page (after EXIF and page orientation, before deskew),
origin top-left. Confidence is 0-1. Blocks and lines stand in reading order; a block is
one paragraph, heading, table or other unit of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

TREE_VERSION = 1


class Bbox(NamedTuple):
    """Left and top are inside the box, right and bottom just outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @classmethod
    def around(cls, boxes: Iterable[Bbox]) -> Bbox:
        """Smallest box that holds all of them; an empty box at the origin for none."""
        columns = list(zip(*boxes, strict=True))
        if not columns:
            return cls(0, 0, 0, 0)
        lefts, tops, rights, bottoms = columns
        return cls(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    bbox: Bbox
    confidence: float
    # False where the next word follows without a space, as in Chinese and Japanese.
    space_after: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    words: tuple[Word, ...]
    # "ltr", "rtl" or "ttb" (vertical Chinese and Japanese); words are in logical order.
    direction: str = "ltr"
    # Around all words; computed once, because layout asks for it over and over.
    bbox: Bbox = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bbox", Bbox.around(word.bbox for word in self.words))

    @property
    def text(self) -> str:
        parts = [word.text + (" " if word.space_after else "") for word in self.words]
        return "".join(parts).rstrip()

    @property
    def confidence(self) -> float:
        return mean_confidence(self.words)


@dataclass(frozen=True, slots=True)
class Block:
    lines: tuple[Line, ...]
    # "text", "heading", "table", "caption", "header", "footer" or "list"
    kind: str = "text"

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def bbox(self) -> Bbox:
        return Bbox.around(line.bbox for line in self.lines)

    @property
    def confidence(self) -> float:
        return mean_confidence(word for line in self.lines for word in line.words)


@dataclass(frozen=True, slots=True)
class Barcode:
    # Symbology as zxing-cpp names it: "QRCode", "EAN13", "Code128" …
    kind: str
    text: str
    bbox: Bbox


@dataclass(frozen=True, slots=True)
class Page:
    """One recognized page.

    number: from 1, in the document. width, height: pixels of the upright page.
    rotation: degrees clockwise (0, 90, 180, 270) that made the stored image upright.
    skew: degrees the text still leans, clockwise positive, in the upright page.
    engine: what read it; reason: why that engine, in one phrase. languages: Tesseract codes.
    source: "image" (recognized) or "pdf_text" (a PDF page's own text layer).
    """

    number: int
    width: int
    height: int
    blocks: tuple[Block, ...] = ()
    rotation: int = 0
    skew: float = 0.0
    dpi: int | None = None
    engine: str = ""
    reason: str = ""
    languages: tuple[str, ...] = ()
    source: str = "image"
    barcodes: tuple[Barcode, ...] = field(default=())

    @property
    def lines(self) -> Iterator[Line]:
        return (line for block in self.blocks for line in block.lines)

    @property
    def words(self) -> Iterator[Word]:
        return (word for line in self.lines for word in line.words)

    @property
    def text(self) -> str:
        """Lines end in a newline, blocks are one empty line apart."""
        return "\n\n".join(block.text for block in self.blocks)

    @property
    def confidence(self) -> float:
        return mean_confidence(self.words)


def mean_confidence(words: Iterable[Word]) -> float:
    """Mean over characters, so that a long word counts for more than a comma; 0 without any."""
    total = weight = 0.0
    for word in words:
        total += word.confidence * len(word.text)
        weight += len(word.text)
    return total / weight if weight else 0.0


def document_text(pages: Iterable[Page]) -> str:
    """Text of all pages in order, one empty line between pages."""
    return "\n\n".join(text for text in (page.text for page in pages) if text)


def page_to_tree(page: Page) -> dict[str, Any]:
    """JSON-ready form. A word is [text, left, top, right, bottom, confidence, joined?]."""
    return {
        "version": TREE_VERSION,
        "number": page.number,
        "size": [page.width, page.height],
        "rotation": page.rotation,
        "skew": round(page.skew, 3),
        "dpi": page.dpi,
        "engine": page.engine,
        "reason": page.reason,
        "languages": list(page.languages),
        "source": page.source,
        "blocks": [_block_to_tree(block) for block in page.blocks],
        "barcodes": [[code.kind, code.text, *code.bbox] for code in page.barcodes],
    }


def page_from_tree(tree: dict[str, Any]) -> Page:
    """The inverse of page_to_tree; confidences come back rounded to three decimals."""
    width, height = tree["size"]
    return Page(
        number=tree["number"],
        width=width,
        height=height,
        rotation=tree["rotation"],
        skew=tree["skew"],
        dpi=tree["dpi"],
        engine=tree["engine"],
        reason=tree["reason"],
        languages=tuple(tree["languages"]),
        source=tree["source"],
        blocks=tuple(_block_from_tree(block) for block in tree["blocks"]),
        barcodes=tuple(Barcode(kind, text, Bbox(*box)) for kind, text, *box in tree["barcodes"]),
    )


def _block_to_tree(block: Block) -> dict[str, Any]:
    lines = [[line.direction, [_word_to_tree(word) for word in line.words]] for line in block.lines]
    return {"kind": block.kind, "lines": lines}


def _block_from_tree(tree: dict[str, Any]) -> Block:
    lines = (
        Line(tuple(_word_from_tree(word) for word in words), direction)
        for direction, words in tree["lines"]
    )
    return Block(tuple(lines), tree["kind"])


def _word_to_tree(word: Word) -> list[Any]:
    row: list[Any] = [word.text, *word.bbox, round(word.confidence, 3)]
    return row if word.space_after else [*row, 1]


def _word_from_tree(row: list[Any]) -> Word:
    text, left, top, right, bottom, confidence, *joined = row
    return Word(text, Bbox(left, top, right, bottom), confidence, space_after=not joined)
