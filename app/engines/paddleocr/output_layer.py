"""The last layer of a recognizer, computed only for the allowed characters.

A page in Latin letters may have 2,500 of PP-OCRv6's 18,710 classes, and the layer is a fifth of the
work of a line. If a line seems to have other characters, all classes are computed: among them the
allowed ones are so unlikely that noise and other scripts can be told from text.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from app.engines.runtime.onnx import Floats

from .ctc import BLANK, Best, Classes, best_of
from .heads.graph_cut import LastLayer

# Number of steps of a line that are compared with all classes: once from those with a character,
# once from all.
SAMPLED = 8
# How much confidence they may lose on average in a line that has only allowed characters.
LESS_SURE = 0.02


class Output(Protocol):
    """Classes of each step of a line from its features (steps, features)."""

    def best(self, features: Floats) -> Best:
        """The likeliest of all classes."""
        ...

    def best_allowed(self, features: Floats, allowed: Classes) -> tuple[Best, bool]:
        """The likeliest of those classes (ascending indices); True if the line may have others."""
        ...


class Probabilities:
    """Output of a network with another last layer, which gives probabilities of all classes."""

    def best(self, features: Floats) -> Best:
        return best_of(features)

    def best_allowed(self, features: Floats, allowed: Classes) -> tuple[Best, bool]:
        return best_of(features, allowed), True


class OutputLayer:
    def __init__(self, layer: LastLayer) -> None:
        self.layer = layer
        # Kept for the next line: all lines of a page have the same alphabet.
        self._part: tuple[Classes, LastLayer] | None = None

    def best(self, features: Floats) -> Best:
        logits = _product(features, self.layer)
        return _chosen(logits, logits)

    def best_allowed(self, features: Floats, allowed: Classes) -> tuple[Best, bool]:
        logits = _product(features, self._part_of(allowed))
        found = _chosen(logits, logits, allowed)
        rows = _sampled(found.classes)
        among_all = self._among_all(features[rows], allowed)
        if float(np.mean(found.sure[rows] - among_all.sure)) <= LESS_SURE:
            return found, False
        return self._among_all(features, allowed), True

    def _among_all(self, features: Floats, allowed: Classes) -> Best:
        """The best of the allowed classes, and its probability among all."""
        logits = _product(features, self.layer)
        return _chosen(logits[:, allowed], logits, allowed)

    def _part_of(self, allowed: Classes) -> LastLayer:
        if self._part is None or self._part[0] is not allowed:
            weights = np.ascontiguousarray(self.layer.weights[:, allowed])
            self._part = allowed, LastLayer("", weights, self.layer.bias[allowed])
        return self._part[1]


def _product(features: Floats, layer: LastLayer) -> Floats:
    logits: Floats = features @ layer.weights
    logits += layer.bias
    return logits


def _chosen(logits: Floats, every: Floats, numbers: Classes | None = None) -> Best:
    """The likeliest class of each step (row) and its softmax among every class.

    numbers: class indices of the logits' columns, if these are not all classes.
    """
    classes = logits.argmax(axis=1)
    highest = logits[np.arange(len(classes)), classes]
    with np.errstate(over="ignore"):  # a probability of 0
        total = np.exp(every - highest[:, None]).sum(axis=1)
    return Best(classes if numbers is None else numbers[classes], 1 / total)


def _sampled(classes: Classes) -> Classes:
    """Indices of some steps, evenly spread over those with a character and over all."""
    with_character = np.flatnonzero(classes != BLANK)
    return np.unique(np.r_[_spread(with_character), _spread(np.arange(len(classes)))])


def _spread(steps: Classes) -> Classes:
    chosen = np.linspace(0, len(steps) - 1, min(SAMPLED, len(steps)))
    return steps[chosen.astype(np.intp)]
