"""Networks in ONNX files, run by ONNX Runtime on the processor or on a GPU, or by OpenVINO."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from app.ocr.source.base import Pixels

from .available import CUDA, ONNX_RUNTIME, OPENVINO, require
from .cores import granted_cores

Floats = NDArray[np.float32]

# Mean and deviation of each channel in ImageNet, which networks trained on it expect.
IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_DEVIATION = (0.229, 0.224, 0.225)

CPU_PROVIDERS: list[Any] = ["CPUExecutionProvider"]
LINE_STEP, COMPILED_STEP = 8, 32
# The networks' strides need sides in multiples of the first.
PICTURE_STEP, PREPARED_STEP = 32, 64


class Network(Protocol):
    """One network with one input and one output."""

    def __call__(self, batch: Floats) -> Floats: ...

    def metadata(self, key: str) -> str:
        """A value stored in the model file, or ""."""
        ...


@dataclass(frozen=True, slots=True)
class Runtime:
    """name: one of RUNTIMES in `available`. cores: the most that a page may be granted."""

    name: str = ONNX_RUNTIME
    cores: int = 1

    @property
    def width_step(self) -> int:
        """Pixels of which line widths should be multiples: a runtime that compiles a network for
        each shape spends more time on a new shape than on the line."""
        return COMPILED_STEP if self.name == OPENVINO else LINE_STEP

    @property
    def picture_step(self) -> int:
        """As width_step, for the sides of a picture."""
        return PREPARED_STEP if self.name == CUDA else PICTURE_STEP

    def line_width(self, width: int) -> int:
        """Width to which a line of that width is resized: one of a few, where a new one is dear."""
        if self.name != CUDA:
            return width
        from .cuda import line_width

        return line_width(width)

    def load(self, model: Path | bytes, *, divided: bool = False, light: bool = False) -> Network:
        """model: a file or its content. divided: one call uses all cores where more than one is
        granted. That holds the network twice, so it is meant for networks called once per page.
        light: a processor computes it faster than it can be called on a GPU.

        Raises OcrError(engine_unavailable).
        """
        cores = self.cores if divided else 1
        require(self.name)
        if self.name == OPENVINO:
            from .openvino import OpenVinoModel

            return OpenVinoModel(model, cores)
        if self.name == CUDA and not light:
            from .cuda import CudaModel

            return CudaModel(model)
        return OnnxModel(model, cores)


class OnnxModel:
    """Holds little memory between pages. Several threads may call it at once.

    cores: for calls from a thread that is granted more than one (app.engines.runtime.cores).
    """

    def __init__(self, model: Path | bytes, cores: int = 1) -> None:
        self.session = start_session(model, threads=1)
        self.divided = start_session(model, threads=cores) if cores > 1 else self.session
        self.input_name = self.session.get_inputs()[0].name

    def __call__(self, batch: Floats) -> Floats:
        session = self.divided if granted_cores() > 1 else self.session
        output: Floats = session.run(None, {self.input_name: batch})[0]
        return output

    def metadata(self, key: str) -> str:
        stored: dict[str, str] = self.session.get_modelmeta().custom_metadata_map
        return stored.get(key, "")


def start_session(
    model: Path | bytes, threads: int, providers: list[Any] = CPU_PROVIDERS
) -> onnxruntime.InferenceSession:
    """providers: ONNX Runtime's execution providers, the preferred one first."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # A thread that has nothing to do sleeps: other pages may need its core.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # PP-OCRv6's detector produces numbers so small that processors compute many times as long.
    options.add_session_config_entry("session.set_denormal_as_zero", "1")
    # Inputs differ in size from line to line: an arena would keep the sum of all of them.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    source = model if isinstance(model, bytes) else str(model)
    return onnxruntime.InferenceSession(source, options, providers=providers)


def imagenet_normalized(rgb: Pixels, *, swap: bool = False) -> Floats:
    """(1, 3, height, width); swap: blue-green-red, with red's mean subtracted from blue, as some
    networks were trained."""
    how = cv2.dnn.Image2BlobParams()
    how.mean = (*(255 * each for each in IMAGENET_MEAN), 0.0)
    how.scalefactor = (*(1 / 255 / each for each in IMAGENET_DEVIATION), 1.0)
    how.swapRB = swap
    return np.asarray(cv2.dnn.blobFromImageWithParams(rgb, how), np.float32)
