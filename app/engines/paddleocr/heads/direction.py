"""Odds that a line is the right way up, in many scripts: a small network on the trunk's features.

Trained by training/direction.py on drawn lines in 26 scripts; docs/training.md.
"""

from __future__ import annotations

import numpy as np

from app.engines.paddleocr.recognition import normalized
from app.engines.runtime.onnx import Runtime
from app.ocr.source.base import Pixels

from .catalog import MODELS
from .trunk import SharedTrunk

FILE = MODELS / "direction.onnx"
# Part of a line that is used, from its start, in heights of the line; as in training.
LONGEST = 8


class DirectionHead:
    def __init__(self, trunk: SharedTrunk, runtime: Runtime) -> None:
        self.trunk = trunk
        self.runtime = runtime
        self.network = runtime.load(FILE, light=True)

    def __call__(self, line: Pixels) -> float:
        """Logarithm of the odds that the line is the right way up, not upside down."""
        seen = line[:, : LONGEST * line.shape[0]]
        flipped = np.ascontiguousarray(seen[::-1, ::-1])
        return (self._said(seen) - self._said(flipped)) / 2

    def _said(self, line: Pixels) -> float:
        batch, used = normalized(line, runtime=self.runtime)
        features = self.trunk(batch)
        steps = max(1, round(used * features.shape[3]))
        return float(self.network(np.ascontiguousarray(features[..., :steps]))[0])
