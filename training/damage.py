"""Damage to a drawn line, as by paper, cameras, scanners, screens and compression."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
Levels = NDArray[np.float32]
Chance = np.random.Generator
# Amounts of damage, which scale the chance of each kind.
HARD, MID, CLEAN = 1.0, 0.5, 0.0


def damaged(line: Gray, chance: Chance, amount: float) -> Gray:
    """The line with random damage. line: black on white. amount: CLEAN to HARD."""

    def happens(share: float) -> bool:
        return bool(chance.random() < share * amount)

    if happens(0.25):
        line = _thickened(line, chance)
    if happens(0.4):
        line = _moved(line, chance)
    levels = _inked(line.astype(np.float32), chance, strongly=happens(0.5))
    levels = _photographed(levels, chance, happens)
    found = np.clip(levels, 0, 255).astype(np.uint8)
    if happens(0.12):
        found = _bilevel(found, chance)
    if happens(0.35):
        found = _compressed(found, chance)
    return 255 - found if chance.random() < 0.06 + 0.08 * amount else found


def worn(line: Gray, chance: Chance) -> Gray:
    """Old type whose ink has run or broken along its edges, scanned in black and white."""
    height, width = line.shape
    soft = cv2.GaussianBlur(line.astype(np.float32), (0, 0), chance.uniform(0.8, 2.0) * height / 60)
    grain = chance.normal(0, 1, (height, width)).astype(np.float32)
    grain = cv2.GaussianBlur(grain, (0, 0), chance.uniform(0.7, 2.0))
    uneven = soft + grain * (chance.uniform(10, 60) / max(float(grain.std()), 1e-6))
    return np.where(uneven > chance.uniform(90, 190), 255, 0).astype(np.uint8)


def _photographed(levels: Levels, chance: Chance, happens: Callable[[float], bool]) -> Levels:
    if happens(0.35):
        levels = levels * _light(levels.shape, chance)
    if happens(0.25):
        levels = levels + _texture(levels.shape, chance)
    if happens(0.45):
        levels = _blurred(levels, chance)
    if happens(0.4):
        levels = _coarse(levels, chance)
    if happens(0.4):
        noise = chance.normal(0, chance.uniform(2, 28), levels.shape)
        levels = (levels + noise).astype(np.float32)
    return levels


def _thickened(line: Gray, chance: Chance) -> Gray:
    """Ink that spreads or thins out, as far as the size of the letters allows."""
    size = 2 if line.shape[0] < 50 else int(chance.integers(2, 4))
    kernel = np.ones((size, size), np.uint8)
    changed = cv2.erode(line, kernel) if chance.random() < 0.6 else cv2.dilate(line, kernel)
    share = chance.uniform(0.3, 0.9)
    return np.asarray(cv2.addWeighted(line, 1 - share, changed, share, 0), np.uint8)


def _moved(line: Gray, chance: Chance) -> Gray:
    """Leaning, sheared and bent, as lines cut from a straightened photo still are."""
    height, width = line.shape
    columns = np.arange(width, dtype=np.float32)
    rise = chance.normal(0, 0.05) * height * (columns / width - 0.5)
    rise += chance.normal(0, 0.04) * height * np.sin(np.pi * columns / width)
    shear = chance.normal(0, 0.08)
    grid_y, grid_x = np.meshgrid(np.arange(height, dtype=np.float32), columns, indexing="ij")
    moved = cv2.remap(
        line,
        (grid_x + shear * (grid_y - height / 2)).astype(np.float32),
        (grid_y + rise[None, :]).astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(moved, np.uint8)


def _inked(levels: Levels, chance: Chance, *, strongly: bool) -> Levels:
    paper = chance.uniform(140, 255) if strongly else chance.uniform(225, 255)
    contrast = chance.uniform(40, 130) if strongly else chance.uniform(150, 240)
    ink = max(0.0, paper - contrast)
    return ink + levels * ((paper - ink) / 255)


def _light(shape: tuple[int, ...], chance: Chance) -> Levels:
    """A gradient of light, sometimes with the soft edge of a shadow."""
    height, width = shape
    across = np.linspace(chance.uniform(0.5, 1), chance.uniform(0.5, 1), width)
    light = np.repeat(across[None, :], height, 0)
    if chance.random() < 0.4:
        edge = chance.uniform(0, width)
        lean = np.arange(height)[:, None] * chance.normal(0, 1)
        soft = chance.uniform(3, 60)
        shade = 1 / (1 + np.exp((np.arange(width)[None, :] + lean - edge) / soft))
        light = light * (1 - chance.uniform(0.2, 0.6) * shade)
    return light.astype(np.float32)


def _texture(shape: tuple[int, ...], chance: Chance) -> Levels:
    small = chance.normal(0, 1, (max(2, shape[0] // 4), max(2, shape[1] // 4)))
    spread = cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(spread * chance.uniform(3, 14), np.float32)


def _blurred(levels: Levels, chance: Chance) -> Levels:
    if chance.random() < 0.3:
        length = int(chance.integers(2, 6))
        kernel = np.full((1, length), 1 / length, np.float32)
        return np.asarray(cv2.filter2D(levels, -1, kernel), np.float32)
    sigma = chance.uniform(0.4, 1.8) * levels.shape[0] / 48
    return np.asarray(cv2.GaussianBlur(levels, (0, 0), sigma), np.float32)


def _coarse(levels: Levels, chance: Chance) -> Levels:
    """Few pixels, as small letters on a screen or a distant page have."""
    height, width = levels.shape
    rows = int(chance.integers(16, 34))
    if rows >= height:
        return levels
    how = cv2.INTER_AREA if chance.random() < 0.6 else cv2.INTER_LINEAR
    size = max(8, round(width * rows / height)), rows
    return np.asarray(cv2.resize(levels, size, interpolation=how), np.float32)


def _bilevel(line: Gray, chance: Chance) -> Gray:
    if chance.random() < 0.4:
        noise = chance.uniform(-60, 60, line.shape)
        return np.where(line + noise > 128, 255, 0).astype(np.uint8)
    _, found = cv2.threshold(line, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.asarray(found, np.uint8)


def _compressed(line: Gray, chance: Chance) -> Gray:
    quality = int(chance.integers(12, 80))
    _, data = cv2.imencode(".jpg", line, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)
