"""ONNX Runtime sessions that hold little memory between pages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class OnnxModel:
    """One network with one input and one output."""

    def __init__(self, path: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Inputs differ in size from line to line: an arena would keep the sum of all of them.
        options.enable_cpu_mem_arena = False
        options.enable_mem_pattern = False
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        self.input_name = self.session.get_inputs()[0].name

    def __call__(self, batch: Floats) -> Floats:
        output: Floats = self.session.run(None, {self.input_name: batch})[0]
        return output

    def metadata(self, key: str) -> str:
        """A value stored in the model file, or ""."""
        stored: dict[str, str] = self.session.get_modelmeta().custom_metadata_map
        return stored.get(key, "")
