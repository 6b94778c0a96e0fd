"""Text-line recognition with PP-OCR's CTC network, and where in the line each character stands."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engines.runtime.onnx import Floats, Runtime
from app.ocr.languages import AUTO
from app.ocr.options import Options
from app.ocr.source.base import Pixels

from .alphabet import allowed_classes, is_surely_asian
from .models import ModelFiles, read_characters

HEIGHT = 48
WIDTH_STEP = 8
MIN_WIDTH = 160
MAX_WIDTH = 6400
BLANK = 0

Classes = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Character:
    """position: its place along the line, from 0 at the left edge to 1 at the right."""

    text: str
    position: float
    confidence: float


ReadLine = Callable[[Pixels, Options], list[Character]]


class LineReader:
    def __init__(self, files: ModelFiles, runtime: Runtime) -> None:
        self.model = runtime.load(files.recognizer)
        self.characters = self._load_characters(files.characters)
        self.alphabets: dict[tuple[str, tuple[str, ...]], Classes | None] = {}

    def __call__(self, line: Pixels, options: Options) -> list[Character]:
        """Characters of one cropped, upright RGB line, left to right; empty if it reads nothing.

        Only those of the options' languages or whitelist are given, except where AUTO is among
        the languages and the line is Chinese or Japanese beyond doubt.
        """
        batch, used = _normalized(line)
        probabilities = self.model(batch)[0]
        allowed = self._allowed(options)
        if allowed is None:
            return self._decode(probabilities, used)
        if AUTO in options.languages and not options.whitelist:
            free = self._decode(probabilities, used)
            if is_surely_asian(free):
                return free
        return self._decode(probabilities, used, allowed)

    def _allowed(self, options: Options) -> Classes | None:
        """Kept for the next line; a page has the same options in all lines."""
        key = options.whitelist, options.languages
        if key not in self.alphabets:
            self.alphabets = {key: allowed_classes(self.characters, options)}
        return self.alphabets[key]

    def _load_characters(self, inference_yml: Path | None) -> list[str]:
        if inference_yml:
            table = read_characters(inference_yml)
        else:
            table = self.model.metadata("character").split("\n")
        return ["", *table, " "]

    def _decode(
        self, probabilities: Floats, used: float, allowed: Classes | None = None
    ) -> list[Character]:
        """Greedy CTC: repeats of one class merge, blanks vanish; used is the unpadded share."""
        if allowed is not None:
            probabilities = probabilities.take(allowed, axis=1)
        classes = probabilities.argmax(axis=1)
        scores = probabilities[np.arange(len(classes)), classes]
        if allowed is not None:
            classes = allowed[classes]
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
    batch[..., :new_width] = cv2.dnn.blobFromImage(
        resized, 1 / 127.5, mean=(127.5, 127.5, 127.5), swapRB=True
    )
    return batch, new_width / padded
