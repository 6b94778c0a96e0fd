"""Runtimes that can run the networks on this machine.

OpenVINO is a package of its own; onnxruntime-gpu takes the place of the package onnxruntime.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from app.ocr.errors import OcrError

ONNX_RUNTIME, OPENVINO, CUDA = "onnxruntime", "openvino", "cuda"
RUNTIMES = (ONNX_RUNTIME, OPENVINO, CUDA)
CUDA_PROVIDER = "CUDAExecutionProvider"


@cache
def require(name: str) -> None:
    """Raises OcrError(engine_unavailable) if the runtime is not in RUNTIMES or not installed."""
    if reason := refusal(name):
        raise OcrError("engine_unavailable", reason)


def refusal(name: str) -> str:
    """The reason why the runtime cannot run networks on this machine, or ""."""
    if name not in RUNTIMES:
        return f"Set OCR_RUNTIME to one of {', '.join(RUNTIMES)}."
    if name == OPENVINO and find_spec("openvino") is None:
        return "OCR_RUNTIME=openvino needs requirements-openvino.txt."
    if name == CUDA and CUDA_PROVIDER not in _providers():
        return (
            "OCR_RUNTIME=cuda needs requirements-cuda.txt in place of the package onnxruntime, "
            "and CUDA's libraries (docs/engines.md)."
        )
    return ""


def _providers() -> list[str]:
    """What the installed ONNX Runtime was built for. Importing it takes a third of a second."""
    import onnxruntime

    found: list[str] = onnxruntime.get_available_providers()
    return found
