"""Export of trained networks as the engine's ONNX files: heads with 16-bit weights, classifiers."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

from .network import Neck
from .scripts import Script
from .trunk import CHANNELS, FEATURES

# Smaller arrays, such as shapes, axes and norms, keep their precision.
LEAST_HALVED = 256


def export(neck: Neck, packaged: Path, script: Script, target: Path) -> None:
    """packaged: PP-OCRv6's recognizer, whose graph after the features is reused."""
    model = onnx.load(packaged)
    graph = model.graph
    at = next(at for at, node in enumerate(graph.node) if FEATURES in node.output)
    nodes = list(graph.node)[at + 1 :]
    used = {name for node in nodes for name in node.input}
    arrays = {
        each.name: np.array(numpy_helper.to_array(each))
        for each in graph.initializer
        if each.name in used
    }
    arrays |= trained_arrays(neck)
    casts, constants = halved(arrays)
    features = helper.make_tensor_value_info(
        FEATURES, onnx.TensorProto.FLOAT, ["lines", CHANNELS, 1, "steps"]
    )
    output = helper.make_tensor_value_info(
        graph.output[0].name, onnx.TensorProto.FLOAT, ["lines", "steps", len(script.characters) + 1]
    )
    head = helper.make_graph([*casts, *nodes], script.name, [features], [output], constants)
    exported = helper.make_model(head, opset_imports=model.opset_import)
    exported.ir_version = model.ir_version
    helper.set_model_props(exported, _metadata(script, packaged))
    onnx.checker.check_model(exported)
    onnx.save(exported, target)


def save_classifier(
    nodes: list[onnx.NodeProto],
    constants: list[onnx.TensorProto],
    said: str,
    packaged: Path,
    target: Path,
) -> None:
    """Saves a network that tells one number of each line from the trunk's features.

    said: name of that output, and of the network.
    """
    features = helper.make_tensor_value_info(
        FEATURES, onnx.TensorProto.FLOAT, ["lines", CHANNELS, 1, "steps"]
    )
    output = helper.make_tensor_value_info(said, onnx.TensorProto.FLOAT, ["lines"])
    graph = helper.make_graph(nodes, said, [features], [output], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    helper.set_model_props(model, {"trunk": hashlib.sha256(packaged.read_bytes()).hexdigest()})
    onnx.checker.check_model(model)
    onnx.save(model, target)


def trained_arrays(neck: Neck) -> dict[str, np.ndarray]:
    """Trained arrays by the names of the packaged initializers."""
    found = {
        name: getattr(neck, key).detach().cpu().float().numpy() for key, name in neck.names.items()
    }
    found["linear_8.w_0"] = neck.output_weight.detach().cpu().float().numpy()
    found["linear_8.b_0"] = neck.output_bias.detach().cpu().float().numpy()
    return found


def _metadata(script: Script, packaged: Path) -> dict[str, str]:
    return {
        "character": "\n".join(script.characters[:-1]),
        "script": script.name,
        "languages": " ".join(script.languages),
        "stretch": str(script.stretch),
        "trunk": hashlib.sha256(packaged.read_bytes()).hexdigest(),
    }


def halved(
    arrays: dict[str, np.ndarray],
) -> tuple[list[onnx.NodeProto], list[onnx.TensorProto]]:
    """Nodes that widen 16-bit constants, and all constants to store."""
    casts, constants = [], []
    for name, array in arrays.items():
        if array.dtype != np.float32 or array.size < LEAST_HALVED:
            constants.append(numpy_helper.from_array(array, name))
            continue
        stored = f"{name}.half"
        constants.append(numpy_helper.from_array(array.astype(np.float16), stored))
        casts.append(helper.make_node("Cast", [stored], [name], to=onnx.TensorProto.FLOAT))
    return casts, constants
