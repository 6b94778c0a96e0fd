"""Text-line recognition with PP-OCR's CTC network, and where in the line each character stands."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engines.onnx import Floats, Runtime
from app.ocr.source.base import Pixels

from .alphabet import is_surely_asian
from .models import ModelFiles, read_characters

HEIGHT = 48
WIDTH_STEP = 8
MIN_WIDTH = 160
MAX_WIDTH = 6400
BLANK = 0


Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Character:
    """position: its place along the line, from 0 at the left edge to 1 at the right."""

    text: str
    position: float
    confidence: float


class LineReader:
    def __init__(self, files: ModelFiles, runtime: Runtime) -> None:
        self.model = runtime.load(files.recognizer)
        self.characters = self._load_characters(files.characters)

    def __call__(
        self, line: Pixels, excluded: Mask | None = None, *, unless_asian: bool = False
    ) -> list[Character]:
        """Characters of one cropped, upright RGB line, left to right; empty if it reads nothing.

        excluded: one bool per class, from excluded_classes; such characters are not given, except
        with unless_asian in a line that is Chinese or Japanese beyond doubt.
        """
        batch, used = _normalized(line)
        probabilities = self.model(batch)[0]
        if excluded is not None:
            if unless_asian and is_surely_asian(free := self._decode(probabilities, used)):
                return free
            probabilities[:, excluded] = 0.0
        return self._decode(probabilities, used)

    def _load_characters(self, inference_yml: Path | None) -> list[str]:
        if inference_yml:
            table = read_characters(inference_yml)
        else:
            table = self.model.metadata("character").split("\n")
        return ["", *table, " "]

    def _decode(self, probabilities: Floats, used: float) -> list[Character]:
        """Greedy CTC: repeats of one class merge, blanks vanish; used is the unpadded share."""
        classes = probabilities.argmax(axis=1)
        scores = probabilities[np.arange(len(classes)), classes]
        starts = np.flatnonzero(np.r_[True, classes[1:] != classes[:-1]])
        ends = np.r_[starts[1:], len(classes)]
        steps = len(classes) * used
        return [
            Character(
                self.characters[classes[start]],
                min(1.0, (start + end) / 2 / steps),
                float(scores[start:end].max()),
            )
            for start, end in zip(starts, ends, strict=True)
            if classes[start] != BLANK
        ]


def _normalized(line: Pixels) -> tuple[Floats, float]:
    """(1, 3, HEIGHT, width) in -1..1, blue-green-red, and the share of it that is the line."""
    height, width = line.shape[:2]
    new_width = min(MAX_WIDTH, max(1, math.ceil(HEIGHT * width / height)))
    padded = max(MIN_WIDTH, math.ceil(new_width / WIDTH_STEP) * WIDTH_STEP)
    resized = cv2.resize(line, (new_width, HEIGHT))
    batch = np.zeros((1, 3, HEIGHT, padded), np.float32)
    batch[0, :, :, :new_width] = (resized[:, :, ::-1].transpose(2, 0, 1) / 127.5) - 1.0
    return batch, new_width / padded
