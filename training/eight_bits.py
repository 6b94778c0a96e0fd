"""Rewrite a network so that its largest layers compute with 8-bit integers.

    python -m training.eight_bits quick --model REC.onnx --out FOLDER     # or: trunk

Writes OUT/NAME.onnx. A convolution of 1 x 1 is a product of matrices: its weights are stored as
8-bit integers with a scale for each output, and ONNX Runtime's DynamicQuantizeMatMul rounds its
input to 8 bits with a scale for each line. Everything else is computed in 32 bits. It needs no
data.
"""

from __future__ import annotations

import argparse
import hashlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper

from app.engines.paddleocr.heads.graph_cut import cut, last_layer

from .export import halved
from .trunk import FEATURES

# Layers with fewer inputs or outputs gain no time.
LEAST_SIDE = 90
# Weights that stay in 32 bits, because the features change most without them (docs/training.md).
KEPT = {
    "quick": {"p2o.pd_op.unsqueeze.2.0", "conv2d_52.w_0", "conv2d_63.w_0", "conv2d_75.w_0"},
    "trunk": {"conv2d_87.w_0", "conv2d_114.w_0", "conv2d_122.w_0"},
}
MICROSOFT = "com.microsoft"
TO_ROWS, TO_PLANES = [0, 2, 3, 1], [0, 3, 1, 2]


@dataclass(frozen=True)
class Layer:
    """A convolution of 1 x 1. weights: (inputs, outputs)."""

    node: NodeProto
    weights: NDArray[np.float32]


class Rewriting:
    """graph: fused by ONNX Runtime, so that a convolution includes its bias."""

    def __init__(self, graph: GraphProto, kept: set[str]) -> None:
        self.graph = graph
        self.users: dict[str, list[NodeProto]] = {}
        for node in graph.node:
            for name in node.input:
                self.users.setdefault(name, []).append(node)
        self.layers = {each.node.output[0]: each for each in _layers(graph, kept)}
        self.constants: list[TensorProto] = []

    def __call__(self) -> None:
        nodes: list[NodeProto] = []
        written: set[str] = set()  # outputs of nodes that another one's chain includes
        for node in self.graph.node:
            if node.output[0] in self.layers and node.output[0] not in written:
                chain = self._chain(node)
                written |= {each.output[0] for each in chain}
                nodes += self._on_rows(chain)
            elif node.output[0] not in written:
                nodes.append(node)
        used = {name for node in nodes for name in node.input}
        others = {
            each.name: numpy_helper.to_array(each)
            for each in self.graph.initializer
            if each.name in used
        }
        casts, constants = halved(others)
        del self.graph.node[:], self.graph.initializer[:]
        self.graph.node.extend([*casts, *nodes])
        self.graph.initializer.extend([*constants, *self.constants])

    def _chain(self, first: NodeProto) -> list[NodeProto]:
        """The layer, and its Gelu and the layer after that if nothing else uses what is between."""
        chain = [first]
        while len(users := self.users.get(chain[-1].output[0], [])) == 1:
            follows = users[0].op_type == "Gelu" or users[0].output[0] in self.layers
            if not follows:
                break
            chain.append(users[0])
        return chain

    def _on_rows(self, chain: list[NodeProto]) -> list[NodeProto]:
        """The chain between two transpositions: one row of channels for each place."""
        given, result = chain[0].input[0], chain[-1].output[0]
        nodes = [helper.make_node("Transpose", [given], [f"{result}.given"], perm=TO_ROWS)]
        for node in chain:
            before, after = nodes[-1].output[0], f"{node.output[0]}.rows"
            if node.output[0] in self.layers:
                nodes.append(self._product(self.layers[node.output[0]], before, after))
            else:
                nodes.append(helper.make_node("Gelu", [before], [after], domain=MICROSOFT))
        last = nodes[-1].output[0]
        return [*nodes, helper.make_node("Transpose", [last], [result], perm=TO_PLANES)]

    def _product(self, layer: Layer, given: str, result: str) -> NodeProto:
        scales = np.abs(layer.weights).max(axis=0) / np.float32(127)
        rounded = np.rint(layer.weights / scales).astype(np.int8)
        name = layer.node.input[1]
        constants = {"weights": rounded, "scales": scales, "zeros": np.zeros_like(scales, np.int8)}
        self.constants += [
            numpy_helper.from_array(array, f"{name}.{kind}") for kind, array in constants.items()
        ]
        inputs = [given, *(f"{name}.{kind}" for kind in constants), *layer.node.input[2:]]
        return helper.make_node("DynamicQuantizeMatMul", inputs, [result], domain=MICROSOFT)


def _layers(graph: GraphProto, kept: set[str]) -> list[Layer]:
    arrays = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    convolutions = [node for node in graph.node if node.op_type == "Conv"]
    return [
        Layer(node, arrays[node.input[1]][:, :, 0, 0].T)
        for node in convolutions
        if node.input[1] not in kept and _is_product(arrays[node.input[1]])
    ]


def _is_product(weights: NDArray[np.float32]) -> bool:
    """Whether these are the weights of a convolution of 1 x 1 that is worth rewriting."""
    outputs, inputs, *sides = weights.shape
    return sides == [1, 1] and min(outputs, inputs) >= LEAST_SIDE


def fused(model: bytes) -> ModelProto:
    """The model as ONNX Runtime simplifies it for any processor."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    with TemporaryDirectory() as folder:
        options.optimized_model_filepath = f"{folder}/fused.onnx"
        onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        return onnx.load(options.optimized_model_filepath)


def features_of(network: str, recognizer: bytes) -> str:
    """Name of the tensor at which the engine cuts the recognizer."""
    if network == "trunk":
        return FEATURES
    layer = last_layer(recognizer)
    assert layer, "the recognizer has another last layer"
    return layer.features


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=KEPT)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    recognizer: bytes = arguments.model.read_bytes()
    model = fused(cut(recognizer, end=features_of(arguments.network, recognizer)))
    Rewriting(model.graph, KEPT[arguments.network])()
    del model.metadata_props[:]
    model.metadata_props.add(key="recognizer", value=hashlib.sha256(recognizer).hexdigest())
    used = [each for each in model.opset_import if each.domain in ("", MICROSOFT)]
    del model.opset_import[:]
    model.opset_import.extend(used)
    onnx.save(model, arguments.out / f"{arguments.network}.onnx")


if __name__ == "__main__":
    main()
