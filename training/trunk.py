"""PP-OCRv6's frozen convolutions, from pictures of lines to features.

The packaged recognizer's graph is run up to its last pooling, whose output is all that the heads
see of a line. On a CPU, ONNX Runtime runs it; on an accelerator, torch does, node by node. Both
give the same features up to rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnx.utils
import onnxruntime
import torch
import torch.nn.functional as nn
from onnx import numpy_helper

# The tensor between the frozen trunk and the trained neck: (lines, 384, 1, width / 8).
FEATURES = "p2o.pd_op.pool2d.1.0"
CHANNELS = 384
# Width of a line in pixels that one step of the features covers.
STEP = 8

Tensor = torch.Tensor
Attributes = dict[str, Any]


Trunk = Callable[[np.ndarray], Tensor]


def load_trunk(model: Path, device: str = "cpu") -> Trunk:
    """The trunk: from (lines, 48, width) of 0-255 to (lines, 384, width / 8) of float16."""
    return RuntimeTrunk(model) if device == "cpu" else TorchTrunk(model, device)


class RuntimeTrunk:
    """The trunk in ONNX Runtime, which takes a quarter of torch's time on one core."""

    def __init__(self, model: Path) -> None:
        whole = onnx.load(model)
        self.input = whole.graph.input[0].name
        part = onnx.utils.Extractor(whole).extract_model([self.input], [FEATURES])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(part.SerializeToString(), options)

    def __call__(self, gray: np.ndarray) -> Tensor:
        # Batches share no work, so single lines take less memory and no more time.
        return torch.cat([self._features(line[None, None]) for line in gray])

    def _features(self, line: np.ndarray) -> Tensor:
        batch = np.repeat(line.astype(np.float32) / 127.5 - 1, 3, axis=1)
        features = self.session.run(None, {self.input: batch})[0]
        return torch.from_numpy(features[:, :, 0]).to(torch.float16)


class TorchTrunk:
    def __init__(self, model: Path, device: str) -> None:
        graph = onnx.load(model).graph
        self.input = graph.input[0].name
        self.nodes = list(_until(graph, FEATURES))
        used = {name for node in self.nodes for name in node.input}
        self.device = device
        self.constants = {
            each.name: torch.from_numpy(numpy_helper.to_array(each).astype(np.float32)).to(device)
            for each in graph.initializer
            if each.name in used
        }
        self.steps = [
            (OPERATIONS[node.op_type], list(node.input), node.output[0], _attributes(node))
            for node in self.nodes
        ]

    @torch.inference_mode()
    def __call__(self, gray: np.ndarray) -> Tensor:
        batch = torch.from_numpy(gray).to(self.device)[:, None] / 127.5 - 1
        values = {self.input: batch.expand(-1, 3, -1, -1).contiguous()}
        for operation, inputs, output, attributes in self.steps:
            given = [self.constants[n] if n in self.constants else values[n] for n in inputs]
            values[output] = operation(given, attributes)
        return values[FEATURES][:, :, 0].to(torch.float16)


def _until(graph: Any, output: str) -> list[Any]:
    nodes = []
    for node in graph.node:
        nodes.append(node)
        if output in node.output:
            return nodes
    raise ValueError(f"the model has no {output}")


def _attributes(node: Any) -> Attributes:
    return {each.name: onnx.helper.get_attribute_value(each) for each in node.attribute}


def _padded(value: Tensor, attributes: Attributes) -> tuple[Tensor, int | list[int]]:
    """Explicitly padded value, or padding to pass on; SAME_UPPER puts an odd pixel at the end."""
    if attributes.get("auto_pad") == b"SAME_UPPER":
        rows, columns = attributes["kernel_shape"]
        sides = [(columns - 1) // 2, columns // 2, (rows - 1) // 2, rows // 2]
        return nn.pad(value, sides), 0
    return value, attributes["pads"][:2]


def _convolution(given: list[Tensor], attributes: Attributes) -> Tensor:
    value, padding = _padded(given[0], attributes)
    return nn.conv2d(
        value, given[1], None, attributes["strides"], padding, groups=attributes["group"]
    )


def _largest(given: list[Tensor], attributes: Attributes) -> Tensor:
    value, padding = _padded(given[0], attributes)
    return nn.max_pool2d(value, attributes["kernel_shape"], attributes["strides"], padding)


def _average(given: list[Tensor], attributes: Attributes) -> Tensor:
    return nn.avg_pool2d(given[0], attributes["kernel_shape"], attributes["strides"])


def _hard_sigmoid(given: list[Tensor], attributes: Attributes) -> Tensor:
    return torch.clamp(attributes["alpha"] * given[0] + attributes["beta"], 0, 1)


OPERATIONS: dict[str, Callable[[list[Tensor], Attributes], Tensor]] = {
    "Add": lambda given, _: given[0] + given[1],
    "AveragePool": _average,
    "Concat": lambda given, attributes: torch.cat(given, attributes["axis"]),
    "Conv": _convolution,
    "Div": lambda given, _: given[0] / given[1],
    "Erf": lambda given, _: torch.erf(given[0]),
    "HardSigmoid": _hard_sigmoid,
    "Identity": lambda given, _: given[0],
    "MaxPool": _largest,
    "Mul": lambda given, _: given[0] * given[1],
    "ReduceMean": lambda given, attributes: given[0].mean(attributes["axes"], keepdim=True),
    "Relu": lambda given, _: torch.relu(given[0]),
}
