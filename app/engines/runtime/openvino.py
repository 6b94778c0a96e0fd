"""ONNX networks on Intel's OpenVINO, which is faster where the processor computes in 16 bits."""

from __future__ import annotations

from pathlib import Path

import openvino

from .cores import granted_cores
from .onnx import Floats, OnnxModel


class OpenVinoModel:
    """Takes the place of OnnxModel; reads the same files."""

    def __init__(self, model: Path | bytes, cores: int = 1) -> None:
        self.model = model
        self.single = _compiled(model, 1)
        self.divided = _compiled(model, cores) if cores > 1 else self.single

    def __call__(self, batch: Floats) -> Floats:
        compiled = self.divided if granted_cores() > 1 else self.single
        # Each call has its own request, as several threads may call at once.
        request = compiled.create_infer_request()
        output: Floats = request.infer({0: batch})[compiled.output(0)].copy()
        return output

    def metadata(self, key: str) -> str:
        """Loads the file a second time: OpenVINO does not expose an ONNX file's metadata."""
        return OnnxModel(self.model).metadata(key)


def _compiled(model: Path | bytes, threads: int) -> openvino.CompiledModel:
    options = {
        "INFERENCE_NUM_THREADS": threads,
        "NUM_STREAMS": 1,
        # Unpinned: several processes would all be pinned to the same core.
        "ENABLE_CPU_PINNING": False,
        "PERFORMANCE_HINT": "LATENCY",
    }
    core = openvino.Core()
    network = core.read_model(model if isinstance(model, bytes) else str(model))
    return core.compile_model(network, "CPU", options)
