"""Runtimes that can run the networks on this machine, and whether it multiplies 8-bit integers.

OpenVINO is a package of its own; onnxruntime-gpu takes the place of the package onnxruntime.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from app.ocr.errors import OcrError

ONNX_RUNTIME, OPENVINO, CUDA = "onnxruntime", "openvino", "cuda"
RUNTIMES = (ONNX_RUNTIME, OPENVINO, CUDA)
CUDA_PROVIDER = "CUDAExecutionProvider"

CPU_INFO = Path("/proc/cpuinfo")
# As Linux calls it: of processors with AVX-512, and of those without.
VNNI = {"avx512_vnni", "avx_vnni"}


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


@cache
def multiplies_bytes() -> bool:
    """Whether the processor adds products of 8-bit integers in 32 bits, in one step (VNNI).

    Other x86 processors add them in 16 bits, which can overflow; ARM was not tried.
    """
    try:
        lines = CPU_INFO.read_text().splitlines()
    except OSError:  # another system than Linux
        return False
    flags = next((line for line in lines if line.startswith("flags")), "")
    return not VNNI.isdisjoint(flags.split())
