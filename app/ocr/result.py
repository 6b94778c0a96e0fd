"""The engine-neutral result tree: page > block > line > word, and table > cell > line > word.

Layout produces it, storage keeps it, exports and vendor APIs render it.
Boxes are pixels of the upright page (after EXIF and page orientation, before deskew),
origin top-left. Confidence is 0-1. Blocks and lines are in reading order; a block is
one paragraph, heading, list item, table or other unit of text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from .code_text import code_lines

# "header" and "footer" are running heads and feet, "list" is one list item.
KINDS = (
    "text",
    "heading",
    "list",
    "table",
    "caption",
    "code",
    "footnote",
    "header",
    "footer",
    "page_number",
    "margin",
)
# Kinds that repeat from page to page and do not belong to the running text.
FURNITURE = frozenset({"header", "footer", "page_number"})


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
        """Smallest box that holds all of them; an empty box at the origin for none.

        Layout asks for some ten thousand boxes of a few parts each per page: comparing in a loop
        takes half as long as min() and max() of the columns.
        """
        given = iter(boxes)
        left, top, right, bottom = next(given, (0, 0, 0, 0))
        for box in given:
            left = box[0] if box[0] < left else left
            top = box[1] if box[1] < top else top
            right = box[2] if box[2] > right else right
            bottom = box[3] if box[3] > bottom else bottom
        return cls(left, top, right, bottom)

    def common_area(self, other: Bbox) -> int:
        """In square pixels."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0, across) * max(0, down)


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    bbox: Bbox
    confidence: float
    # False where the next word follows without a space, as in Chinese and Japanese.
    space_after: bool = True
    # "image", "pdf_text" or "form" where it differs from the page's source, else "".
    source: str = ""
    # Handwriting in Latin letters, on a page where some of it is doubtful.
    handwritten: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    words: tuple[Word, ...]
    # "ltr", "rtl" or "ttb" (vertical Chinese and Japanese); words are in logical order.
    direction: str = "ltr"
    # Around all words; computed once, because layout asks for it often.
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
class Cell:
    """One cell of a table. row, column: from 0. header: it names a column or row of cells.

    lines: empty for an empty cell. bbox: the cell's area where rules show it, else around its text.
    """

    row: int
    column: int
    lines: tuple[Line, ...]
    bbox: Bbox
    row_span: int = 1
    column_span: int = 1
    header: bool = False

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Block:
    """A unit of text of one kind.

    lines: of a table with cells, those of all cells, row by row. level: 1 (most important) to 6
    for headings, the depth from 1 of a list item, else 0. marker: a list item's bullet or number
    as printed, which its first line begins with. cells: of a table, ordered by row and
    column; tables stored by version 1 of the tree have none. continues: the table continues one
    on the page before.
    """

    lines: tuple[Line, ...]
    kind: str = "text"
    level: int = 0
    marker: str = ""
    cells: tuple[Cell, ...] = ()
    continues: bool = False

    @classmethod
    def table(cls, cells: Iterable[Cell], *, continues: bool = False) -> Block:
        ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
        lines = tuple(line for cell in ordered for line in cell.lines)
        return cls(lines, "table", cells=ordered, continues=continues)

    @property
    def text(self) -> str:
        """One line of text per line, or per table row with tabs between cells; code is indented."""
        if self.cells:
            return "\n".join("\t".join(row).rstrip("\t") for row in self.grid)
        if self.kind == "code":
            return "\n".join(code_lines(self.lines))
        return "\n".join(line.text for line in self.lines)

    @property
    def grid(self) -> list[list[str]]:
        """Texts of the cells in rows of equal length; "" for empty and for spanned places."""
        height = max((cell.row + cell.row_span for cell in self.cells), default=0)
        width = max((cell.column + cell.column_span for cell in self.cells), default=0)
        grid = [[""] * width for _ in range(height)]
        for cell in self.cells:
            grid[cell.row][cell.column] = " ".join(line.text for line in cell.lines)
        return grid

    def map_lines(self, change: Callable[[Line], Line]) -> Block:
        """The block with every line changed, those of cells too."""
        if not self.cells:
            return replace(self, lines=tuple(map(change, self.lines)))
        cells = (replace(cell, lines=tuple(map(change, cell.lines))) for cell in self.cells)
        return Block.table(cells, continues=self.continues)

    @property
    def bbox(self) -> Bbox:
        return Bbox.around(part.bbox for part in self.cells or self.lines)

    @property
    def confidence(self) -> float:
        return mean_confidence(word for line in self.lines for word in line.words)


@dataclass(frozen=True, slots=True)
class Barcode:
    # Format as zxing-cpp names it: "QRCode", "EAN13", "Code128" …
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
    source: "image" (recognized) or "pdf_text" (a PDF page's own text layer). figures: areas of
    photos, drawings and charts, from the top; app.ocr.layout.figures finds their captions.
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
    figures: tuple[Bbox, ...] = ()

    @property
    def lines(self) -> Iterator[Line]:
        return (line for block in self.blocks for line in block.lines)

    @property
    def words(self) -> Iterator[Word]:
        return (word for line in self.lines for word in line.words)

    @property
    def text(self) -> str:
        """Text of all blocks in order, one empty line between blocks."""
        return "\n\n".join(block.text for block in self.blocks)

    @property
    def confidence(self) -> float:
        return mean_confidence(self.words)


def mean_confidence(words: Iterable[Word]) -> float:
    """Mean over characters, so that a long word counts for more than a comma; 0 without words."""
    total = weight = 0.0
    for word in words:
        total += word.confidence * len(word.text)
        weight += len(word.text)
    return total / weight if weight else 0.0


def document_text(pages: Iterable[Page]) -> str:
    """Text of all pages in order, one empty line between pages."""
    return "\n\n".join(text for text in (page.text for page in pages) if text)
