"""PP-OCRv6's convolutions, shared by its own output layer and by the heads of further scripts."""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path

import numpy as np

from app.engines.paddleocr.eight_bits import load_convolutions
from app.engines.runtime.onnx import Floats, Network, Runtime

from .catalog import FEATURES
from .graph_cut import cut


class SharedTrunk:
    """Computes the features of a batch, and keeps the last ones for the next reader of that batch.

    Safe for several threads: each has a last batch of its own.
    """

    def __init__(self, recognizer: Path, runtime: Runtime) -> None:
        self.recognizer = recognizer
        self.runtime = runtime
        self.last = threading.local()

    @cached_property
    def network(self) -> Network:
        """Loaded when a line first needs it, which is rare on a small machine."""
        return load_convolutions(self.recognizer, FEATURES, self.runtime)

    def __call__(self, batch: Floats) -> Floats:
        """(1, 3, 48, width) to (1, 384, 1, width / 8)."""
        known = getattr(self.last, "batch", None)
        if known is None or known.shape != batch.shape or not np.array_equal(known, batch):
            self.last.features = self.network(batch)
            self.last.batch = batch
        features: Floats = self.last.features
        return features


class PackagedNetwork:
    """The packaged recognizer, run in two parts. end: its output tensor; "" for its own output."""

    def __init__(self, trunk: SharedTrunk, recognizer: bytes, runtime: Runtime, end: str) -> None:
        self.trunk = trunk
        self.rest: Network = runtime.load(cut(recognizer, start=FEATURES, end=end), light=True)

    def __call__(self, batch: Floats) -> Floats:
        return self.rest(self.trunk(batch))

    def metadata(self, key: str) -> str:
        return self.rest.metadata(key)
