"""Items of a reading frame: fragments of text that no gutter crosses, and finished groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from app.ocr.layout.elements import Piece
from app.ocr.layout.kinds.type_size import type_size
from app.ocr.result import Bbox, Word

from .frames import Frame

# A gap between words of more than this share of the type size may be a gutter.
SPLIT_GAP = 0.7


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words of one baseline. box: in the frame; size: type size in pixels; sized: the size is the
    source's, whose boxes are then as high as the type; words: in logical order, with their boxes on
    the page."""

    words: tuple[Word, ...]
    box: Bbox
    size: float
    sized: bool
    direction: str = "ltr"
    bold: bool = False
    italic: bool = False
    monospaced: bool | None = None
    characters: int = field(init=False)

    def __post_init__(self) -> None:
        count = sum(len(word.text) for word in self.words)
        object.__setattr__(self, "characters", count)

    @property
    def middle(self) -> float:
        return (self.box.top + self.box.bottom) / 2


@dataclass(frozen=True, slots=True)
class Group:
    """An area that is read separately, such as a table or an advertisement; box: in the frame.

    key: of its contents, which are already laid out; None for a picture, and for a drawn line that
    separates the items above it from those below.
    """

    box: Bbox
    key: int | None = None


Item = Fragment | Group


def fragments_of(
    pieces: Iterable[Piece], frame: Frame, parting: Sequence[Bbox] = ()
) -> list[Fragment]:
    """Pieces cut at wide gaps between their words and at the vertical lines in parting.

    Rows later rejoin fragments that no gutter separates. parting: boxes in the frame.
    """
    usual = usual_size(pieces := list(pieces), frame)
    return [fragment for piece in pieces for fragment in _fragments(piece, frame, usual, parting)]


def usual_size(pieces: Iterable[Piece], frame: Frame) -> float:
    """Median type size, 1 if there is no text to measure."""
    sizes = [size for piece in pieces if (size := _size(piece, frame))]
    return median(sizes) if sizes else 1.0


def _size(piece: Piece, frame: Frame) -> float | None:
    if piece.font_size:
        return piece.font_size
    text = "".join(word.text for word in piece.words)
    return type_size(text, frame.box(piece.bbox).height)


def _fragments(
    piece: Piece, frame: Frame, usual: float, parting: Sequence[Bbox]
) -> Iterator[Fragment]:
    words = piece.words
    boxes = [frame.box(word.bbox) for word in words]
    size = _size(piece, frame) or usual
    parting = _crossing(parting, Bbox.around(boxes))
    start = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or _is_cut(boxes[at - 1], boxes[at], size, parting):
            yield Fragment(
                words[start:at],
                Bbox.around(boxes[start:at]),
                size,
                bool(piece.font_size),
                piece.direction,
                bool(piece.bold),
                bool(piece.italic),
                piece.monospaced,
            )
            start = at


def _crossing(rules: Sequence[Bbox], box: Bbox) -> list[Bbox]:
    left, top, right, bottom = box
    return [
        rule
        for rule in rules
        if rule[0] <= right and left <= rule[2] and rule[1] <= bottom and top <= rule[3]
    ]


def _is_cut(before: Bbox, after: Bbox, size: float, parting: Sequence[Bbox]) -> bool:
    """Whether to cut between two words; either may be left, since the order is logical."""
    gap_left, gap_right = min(before.right, after.right), max(before.left, after.left)
    if gap_right - gap_left > SPLIT_GAP * size:
        return True
    middle = (before.top + before.bottom) / 2
    return any(
        gap_left <= rule.right and rule.left <= gap_right and rule.top <= middle <= rule.bottom
        for rule in parting
    )
