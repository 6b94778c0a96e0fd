"""Photos of sheets with known corners, for the scanner: papers, tables, light and angles."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from app.tests.drawing import PROSE, draw_lines

Chance = np.random.Generator
SIZE = (900, 1200)  # of a photo: width, height


def sheet(*lines: str, paper: int = 250, ink: str = "black") -> np.ndarray:
    """A page with text, 600 x 800."""
    page = Image.new("RGB", (600, 800), (paper, paper, paper))
    text = draw_lines(*lines, size=24, margin=50, ink=ink, paper=f"rgb({paper},{paper},{paper})")
    page.paste(text.crop((0, 0, min(600, text.width), text.height)), (0, 20))
    return np.asarray(page)


def corners_of(chance: Chance, turn: float, squeeze: float) -> np.ndarray:
    """Corners of a sheet in the middle, turned by `degrees` and seen from one side."""
    box = np.array([[-270, -360], [270, -360], [270, 360], [-270, 360]], float)
    box[:2, 0] *= 1 - squeeze
    angle = np.radians(turn)
    rotation = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return box @ rotation + [450, 600] + chance.uniform(-25, 25, (4, 2))


def laid(page: np.ndarray, corners: np.ndarray, table: np.ndarray) -> np.ndarray:
    height, width = page.shape[:2]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    shown = cv2.warpPerspective(page.astype(np.float32), matrix, SIZE)
    inside = cv2.warpPerspective(np.ones(page.shape, np.float32), matrix, SIZE)
    return shown * inside + table * (1 - inside)


def plain(level: float) -> Callable[[Chance], np.ndarray]:
    return lambda chance: np.full((SIZE[1], SIZE[0], 3), level)


def wood(chance: Chance) -> np.ndarray:
    streaks = cv2.GaussianBlur(chance.normal(0, 60, SIZE[::-1]), (0, 0), 40, sigmaY=1.2)
    boards = 14 * (np.arange(SIZE[1])[:, None] // 170 % 2)
    return np.repeat((110 + boards + 4 * streaks)[..., None], 3, 2)


def chequered(chance: Chance) -> np.ndarray:
    rows, columns = np.indices(SIZE[::-1]) // 75 % 2
    return np.repeat((80 + 40 * (rows ^ columns))[..., None].astype(float), 3, 2)


TABLES = {
    "black": plain(30),
    "gray": plain(140),
    "pale": plain(215),
    "wood": wood,
    "cloth": chequered,
}


def shadow(chance: Chance) -> np.ndarray:
    across = np.add.outer(np.linspace(0, 0.6, SIZE[1]), np.linspace(0, 1, SIZE[0]))
    return (1 - 0.45 / (1 + np.exp(-(across - 0.8) * 12)))[..., None]


def photo(
    page: np.ndarray, *, table: str, turn: float, squeeze: float, seed: int, shade: bool = False
) -> tuple[Image.Image, list[list[float]]]:
    """The photo, and the sheet's corners from the top left clockwise as shares of its sides."""
    chance = np.random.default_rng(seed)
    corners = corners_of(chance, turn, squeeze)
    shot = laid(page, corners, TABLES[table](chance))
    if shade:
        shot = shot * shadow(chance)
    shot = cv2.GaussianBlur(shot, (0, 0), 1.0) + chance.normal(0, 4, shot.shape)
    image = Image.fromarray(np.clip(shot, 0, 255).astype(np.uint8))
    return image, (corners / SIZE).tolist()


def letter(*lines: str) -> np.ndarray:
    return sheet(*(lines or PROSE * 3))


def jpeg(image: Image.Image, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=90, **options)
    return stream.getvalue()


def film(path: Path, *images: Image.Image, frames: int = 40) -> Path:
    """Motion JPEG, as Chromium's fake camera plays it again and again."""
    path.write_bytes(b"".join(jpeg(image) * frames for image in images))
    return path
