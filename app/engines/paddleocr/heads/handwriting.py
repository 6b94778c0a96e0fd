"""Handwriting, told from print by a small network on the trunk's features.

Nothing here reads handwriting well, so readers of a text should know where to check it. Trained by
training/handwritten.py on drawn lines in Latin letters; docs/training.md.
"""

from __future__ import annotations

import numpy as np

from app.engines.paddleocr.recognition import normalized
from app.engines.runtime.onnx import Runtime
from app.ocr.scripts import script_counts
from app.ocr.source.base import Pixels

from .catalog import MODELS
from .trunk import SharedTrunk

FILE = MODELS / "handwritten.onnx"
# Fewer letters do not show a hand. The network knows only Latin ones.
FEW_LETTERS, SCRIPT = 4, "Latin"
# Logarithm of the odds from which a line is called handwritten (docs/benchmarks/scripts.md).
SURE = 5.0


class HandwritingClassifier:
    def __init__(self, trunk: SharedTrunk, runtime: Runtime) -> None:
        self.trunk = trunk
        self.runtime = runtime
        self.network = runtime.load(FILE, light=True)

    def __call__(self, picture: Pixels, text: str) -> bool:
        """Whether a line is handwritten. picture: the line, upright; text: as it was read."""
        return script_counts(text)[SCRIPT] >= FEW_LETTERS and self.odds(picture) >= SURE

    def odds(self, picture: Pixels) -> float:
        """Logarithm of the odds that the line is handwritten, not printed."""
        batch, used = normalized(picture, runtime=self.runtime)
        features = self.trunk(batch)
        steps = max(1, round(used * features.shape[3]))
        return float(self.network(np.ascontiguousarray(features[..., :steps]))[0])
