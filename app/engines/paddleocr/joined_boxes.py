"""Merge the text boxes of overlapping tiles and of the whole page into one list."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engines.runtime.onnx import Floats

from .detection import TextBox, ordered_corners

# Two boxes are parts of one line if their overlap has this share of the thinner one's thickness.
SAME_LINE = 0.5
# Share of a whole-page box that the tiles' boxes cover: seen from SEEN on, missed up to UNSEEN.
SEEN, UNSEEN = 0.5, 0.1
# Longest side of the mask on which shares are measured.
MASK_SIDE = 1500


def joined(tiles: list[list[TextBox]]) -> list[TextBox]:
    """Boxes of all tiles, in the page's pixels; those of different tiles on one line are joined."""
    boxes = [box for tile in tiles for box in tile]
    if not boxes:
        return []
    origin = np.repeat(np.arange(len(tiles)), [len(tile) for tile in tiles])
    parent = list(range(len(boxes)))
    for one, other in _touching(boxes, origin):
        if _on_one_line(boxes[one].corners, boxes[other].corners):
            parent[_root(parent, one)] = _root(parent, other)
    groups: dict[int, list[TextBox]] = {}
    for at, box in enumerate(boxes):
        groups.setdefault(_root(parent, at), []).append(box)
    return [_union(group) for group in groups.values()]


def _touching(boxes: list[TextBox], origin: NDArray[np.intp]) -> Iterable[tuple[int, int]]:
    """Pairs of boxes from different tiles whose upright bounds overlap."""
    corners = np.array([box.corners for box in boxes])
    low, high = corners.min(axis=1), corners.max(axis=1)
    for at in range(len(boxes) - 1):
        later = slice(at + 1, None)
        overlap = ((low[later] < high[at]) & (high[later] > low[at])).all(axis=1)
        for other in np.flatnonzero(overlap & (origin[later] != origin[at])):
            yield at, at + 1 + int(other)


def _on_one_line(one: Floats, other: Floats) -> bool:
    area, shared = cv2.intersectConvexConvex(one, other)
    if area <= 0 or shared is None:
        return False
    # Tiles cut a line across its length, so both parts must share its height.
    across = 1 if _lies(one) else 0
    height = float(np.ptp(np.asarray(shared).reshape(-1, 2)[:, across]))
    thinner = min(_thickness(one), _thickness(other))
    return _lies(one) == _lies(other) and height >= SAME_LINE * thinner


def _lies(corners: Floats) -> bool:
    return float(np.ptp(corners[:, 0])) >= float(np.ptp(corners[:, 1]))


def _thickness(corners: Floats) -> float:
    sides = np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[2] - corners[1])
    return float(min(sides))


def _root(parent: list[int], at: int) -> int:
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = parent[at]
    return at


def _union(group: list[TextBox]) -> TextBox:
    if len(group) == 1:
        return group[0]
    points = np.concatenate([box.corners for box in group])
    corners = np.asarray(cv2.boxPoints(cv2.minAreaRect(points)), np.float32)
    return TextBox(ordered_corners(corners), max(box.score for box in group))


def with_whole(
    tiles: list[TextBox], whole: list[TextBox], shape: tuple[int, int], large: float
) -> list[TextBox]:
    """The tiles' boxes, and the whole page's where the tiles saw nothing or fragments of large
    letters. shape: height and width; large: least height of a line of such letters, in pixels."""
    height, width = shape
    scale = min(1.0, MASK_SIDE / max(height, width))
    seen = _mask([box.corners * scale for box in tiles], height * scale, width * scale)
    added, replaced = [], np.zeros(len(tiles), bool)
    centres = np.array([box.corners.mean(axis=0) for box in tiles]).reshape(-1, 2)
    for box in whole:
        share = _covered_share(seen, box.corners * scale)
        if share >= SEEN:
            continue
        inside = _inside(centres, box.corners)
        fragments = _thickness(box.corners) >= large and _all_thinner(tiles, inside, box)
        if share > UNSEEN and not fragments:
            continue
        replaced |= inside
        added.append(box)
    return [box for box, gone in zip(tiles, replaced, strict=True) if not gone] + added


def _all_thinner(tiles: list[TextBox], inside: NDArray[np.bool_], box: TextBox) -> bool:
    thickness = _thickness(box.corners)
    found = [_thickness(tiles[at].corners) for at in np.flatnonzero(inside)]
    return all(each < SAME_LINE * thickness for each in found)


def _mask(polygons: list[Floats], height: float, width: float) -> NDArray[np.uint8]:
    mask = np.zeros((round(height) + 1, round(width) + 1), np.uint8)
    for each in polygons:
        cv2.fillConvexPoly(mask, np.round(each).astype(np.int32), 1)
    return mask


def _covered_share(mask: NDArray[np.uint8], corners: Floats) -> float:
    left, top, width, height = cv2.boundingRect(np.round(corners).astype(np.int32))
    window = mask[top : top + height, left : left + width]
    inside = np.zeros(window.shape, np.uint8)
    cv2.fillConvexPoly(inside, np.round(corners - [left, top]).astype(np.int32), 1)
    return float(cv2.mean(window, inside)[0])


def _inside(points: NDArray[np.float32], corners: Floats) -> NDArray[np.bool_]:
    """Mask (n,) of the points (n, 2) within the upright bounds of the corners."""
    low, high = corners.min(axis=0), corners.max(axis=0)
    return np.asarray(((points >= low) & (points <= high)).all(axis=1))
