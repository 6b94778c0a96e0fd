"""ONNX networks on a GPU, with a session for each shape of their input.

cuDNN plans the convolutions of a session again whenever its shape changes, which takes up to two
hundred times as long as a line (docs/benchmarks/speed.md). So inputs are resized to a few shapes.
"""

from __future__ import annotations

import threading
from pathlib import Path

import onnxruntime

from app.ocr.errors import OcrError

from .available import CUDA_PROVIDER
from .onnx import CPU_PROVIDERS, Floats, OnnxModel, start_session

# Lines are resized to the nearest of these widths, by up to 6 %. Padding them instead changes what
# the networks read, as these look at the whole width.
LINE_WIDTHS = tuple(round(160 * 1.12**step / 8) * 8 for step in range(34))
# Memory that grows by doubling would soon fill the GPU, which all slots share.
OPTIONS = {"cudnn_conv_algo_search": "HEURISTIC", "arena_extend_strategy": "kSameAsRequested"}


def line_width(width: int) -> int:
    """The width of LINE_WIDTHS that is nearest by ratio; that itself outside their range."""
    if not LINE_WIDTHS[0] < width < LINE_WIDTHS[-1]:
        return width
    return min(LINE_WIDTHS, key=lambda each: max(each / width, width / each))


class CudaModel:
    """Takes the place of OnnxModel. Several threads may call it at once."""

    def __init__(self, model: Path | bytes) -> None:
        self.model = model
        self.sessions: dict[tuple[int, ...], onnxruntime.InferenceSession] = {}
        self.starting = threading.Lock()

    def __call__(self, batch: Floats) -> Floats:
        """Raises OcrError(engine_unavailable) without a usable GPU."""
        with self.starting:
            if batch.shape not in self.sessions:
                self.sessions[batch.shape] = self._started()
            session = self.sessions[batch.shape]
        output: Floats = session.run(None, {session.get_inputs()[0].name: batch})[0]
        return output

    def metadata(self, key: str) -> str:
        return OnnxModel(self.model).metadata(key)

    def _started(self) -> onnxruntime.InferenceSession:
        providers = [(CUDA_PROVIDER, OPTIONS), *CPU_PROVIDERS]
        session = start_session(self.model, threads=1, providers=providers)
        # If the GPU is missing or full, ONNX Runtime only warns, and computes on the processor.
        if CUDA_PROVIDER not in session.get_providers():
            message = "No GPU could be used. Without one set OCR_RUNTIME=onnxruntime."
            raise OcrError("engine_unavailable", message)
        return session
