"""Choice of what runs the networks: the configured runtime, or the fastest of those that are here.

OpenVINO gains where the processor has AMX for 16-bit numbers (docs/benchmarks.md), and is a package
of its own; onnxruntime-gpu takes the place of the package onnxruntime.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from app.ocr.errors import OcrError

AUTO, ONNX_RUNTIME, OPENVINO, CUDA = "auto", "onnxruntime", "openvino", "cuda"
RUNTIMES = (AUTO, ONNX_RUNTIME, OPENVINO, CUDA)
CUDA_PROVIDER = "CUDAExecutionProvider"
# Linux's name of the processor feature.
SIXTEEN_BITS = "amx_bf16"
CPU_INFO = Path("/proc/cpuinfo")


@cache
def chosen(name: str) -> str:
    """ONNX_RUNTIME, OPENVINO or CUDA for one of RUNTIMES. Raises OcrError(engine_unavailable)."""
    if reason := refusal(name):
        raise OcrError("engine_unavailable", reason)
    if name != AUTO:
        return name
    return OPENVINO if _has_openvino() and _computes_in_16_bits() else ONNX_RUNTIME


def refusal(name: str) -> str:
    """The reason why networks cannot run so on this machine, or ""."""
    if name not in RUNTIMES:
        return f"Set OCR_RUNTIME to one of {', '.join(RUNTIMES)}."
    if name == OPENVINO and not _has_openvino():
        return "OCR_RUNTIME=openvino needs requirements-openvino.txt."
    if name == CUDA and CUDA_PROVIDER not in _providers():
        return (
            "OCR_RUNTIME=cuda needs requirements-cuda.txt in place of the package onnxruntime, "
            "and CUDA's libraries (docs/engines.md)."
        )
    return ""


def _has_openvino() -> bool:
    return find_spec("openvino") is not None


def _computes_in_16_bits() -> bool:
    try:
        return SIXTEEN_BITS in CPU_INFO.read_text().split()
    except OSError:  # another system
        return False


def _providers() -> list[str]:
    """What the installed ONNX Runtime was built for; to import it takes a third of a second."""
    import onnxruntime

    found: list[str] = onnxruntime.get_available_providers()
    return found
