"""Characters of a line from a CTC network's probabilities (Graves et al. 2006), read greedily."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.engines.runtime.onnx import Floats

BLANK = 0

Classes = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Character:
    """position: its place along the line, from 0 at the left edge to 1 at the right."""

    text: str
    position: float
    confidence: float


def decoded(
    probabilities: Floats, table: list[str], used: float, allowed: Classes | None = None
) -> list[Character]:
    """Repeats of one class merge, blanks vanish.

    probabilities: (steps, classes); table: the classes' characters; used: the share of the steps
    that is no padding; allowed: numbers of the classes that may come, rising.
    """
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
            table[classes[start]],
            min(1.0, (start + end) / 2 / steps),
            float(scores[start:end].max()),
        )
        for start, end in zip(starts, ends, strict=True)
        if classes[start] != BLANK
    ]
