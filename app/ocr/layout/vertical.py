"""Vertical Chinese and Japanese: columns from right to left, each read from top to bottom."""

from __future__ import annotations

from app.ocr.result import Block, Line

# Columns further apart than this many column widths belong to different blocks.
BLOCK_GAP_WIDTHS = 1.5


def blocks_of_vertical(lines: list[Line]) -> tuple[Block, ...]:
    """One block per group of neighbouring columns, such as a speech bubble."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.bbox.right):
        group = next((group for group in groups if _adjoins(line, group[-1])), None)
        if group is None:
            groups.append([line])
        else:
            group.append(line)
    return tuple(Block(tuple(group)) for group in groups)


def _adjoins(line: Line, right_neighbour: Line) -> bool:
    box, other = line.bbox, right_neighbour.bbox
    gap = other.left - box.right
    common = min(box.bottom, other.bottom) - max(box.top, other.top)
    return gap <= BLOCK_GAP_WIDTHS * max(box.width, other.width) and common > 0
