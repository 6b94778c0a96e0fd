"""Greedy decoding of a line's characters from a CTC network's output (Graves et al. 2006)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

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


class Best(NamedTuple):
    """The likeliest class of each step and its probability (0-1), both (steps,)."""

    classes: Classes
    sure: Floats


def best_of(probabilities: Floats, allowed: Classes | None = None) -> Best:
    """probabilities: (steps, classes). allowed: indices of the allowed classes, ascending."""
    if allowed is not None:
        probabilities = probabilities.take(allowed, axis=1)
    classes = probabilities.argmax(axis=1)
    sure = probabilities[np.arange(len(classes)), classes]
    return Best(classes if allowed is None else allowed[classes], sure)


def decoded(best: Best, table: list[str], used: float) -> list[Character]:
    """Merge repeats of a class and drop blanks.

    table: the classes' characters; used: the share of the steps that is not padding.
    """
    classes, sure = best
    starts = np.flatnonzero(np.r_[True, classes[1:] != classes[:-1]])
    ends = np.r_[starts[1:], len(classes)]
    steps = len(classes) * used
    return [
        Character(
            table[classes[start]],
            min(1.0, (start + end) / 2 / steps),
            float(sure[start:end].max()),
        )
        for start, end in zip(starts, ends, strict=True)
        if classes[start] != BLANK
    ]
