"""Parts of an ONNX network, cut or read out of its file without the onnx package.

A file is a protobuf message (github.com/onnx/onnx, onnx.proto): a field is a number with a wire
type, then its value. Only nodes, initializers, inputs and outputs of the graph are parsed;
everything else is copied unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.engines.runtime.onnx import Floats

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
# Field numbers in ModelProto, GraphProto, NodeProto, TensorProto, ValueInfoProto.
GRAPH = 7
NODE, INITIALIZER, INPUT, OUTPUT = 1, 5, 11, 12
NODE_INPUT, NODE_OUTPUT, OPERATOR = 1, 2, 4
TENSOR_NAME, RAW_DATA = 8, 9
VALUE_NAME, VALUE_TYPE, TENSOR_TYPE, ELEMENT_TYPE, SHAPE, DIMENSION = 1, 2, 1, 1, 2, 1
FLOAT = 1
# Batch, channels, height, width. OpenVINO converts no convolution whose input has no known rank.
RANK = 4


@dataclass(frozen=True, slots=True)
class _Field:
    """raw: the field with its key; value: the content of a field of bytes, else empty."""

    number: int
    raw: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class _Node:
    raw: bytes
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    operator: str


@dataclass(frozen=True, slots=True)
class LastLayer:
    """features: name of its input tensor. weights: (features, classes). bias: (classes,)."""

    features: str
    weights: Floats
    bias: Floats


def cut(model: bytes, *, start: str = "", end: str = "") -> bytes:
    """The part of a network between two tensors, as a network with one input and one output.

    start, end: names of tensors; empty for the network's own input or output. Raises ValueError if
    the file has no such tensor or is not a network.
    """
    fields = list(_fields(model))
    graph = next((field.value for field in fields if field.number == GRAPH), None)
    if graph is None:
        raise ValueError("no graph in the model")
    rest = b"".join(field.raw for field in fields if field.number != GRAPH)
    return rest + _as_bytes(GRAPH, _cut_graph(graph, start, end))


def last_layer(model: bytes) -> LastLayer | None:
    """Last layer of a network that ends with Softmax(MatMul(features, weights) + bias); None for
    any other network. Raises ValueError if the file is not a network."""
    graph = next((field.value for field in _fields(model) if field.number == GRAPH), None)
    if graph is None:
        raise ValueError("no graph in the model")
    fields = list(_fields(graph))
    nodes = [_node(field) for field in fields if field.number == NODE]
    producers = {name: node for node in nodes for name in node.outputs}
    inputs = [_first_name(fields, OUTPUT)]
    constants: list[str] = []
    for operator in ("Softmax", "Add", "MatMul"):
        node = _producer(producers, inputs[0])
        if node is None or node.operator != operator:
            return None
        inputs = list(node.inputs)
        constants += inputs[1:]
    bias, weights = (_tensor(fields, name) for name in constants)
    if not bias.size or weights.size % bias.size:
        return None
    return LastLayer(inputs[0], weights.reshape(-1, bias.size), bias)


def _producer(producers: dict[str, _Node], name: str) -> _Node | None:
    """The node that computes the tensor, past nodes that only rename it."""
    node = producers.get(name)
    while node and node.operator == "Identity":
        node = producers.get(node.inputs[0])
    return node


def _tensor(fields: list[_Field], name: str) -> Floats:
    """Values of an initializer; empty if none of that name holds raw data."""
    for field in fields:
        if field.number == INITIALIZER and _name(field.value, TENSOR_NAME) == name:
            data = (part.value for part in _fields(field.value) if part.number == RAW_DATA)
            return np.frombuffer(next(data, b""), "<f4").astype(np.float32)
    return np.zeros(0, np.float32)


def _cut_graph(graph: bytes, start: str, end: str) -> bytes:
    fields = list(_fields(graph))
    nodes = [_node(field) for field in fields if field.number == NODE]
    output = end or _first_name(fields, OUTPUT)
    needed = _needed(nodes, {output}, start)
    used = {name for node in needed for name in node.inputs}
    if not needed or (start and start not in used):
        raise ValueError(f"the network has no part from {start or 'input'} to {output}")
    parts = [node.raw for node in needed]
    for field in fields:
        if field.number == INITIALIZER:
            if _name(field.value, TENSOR_NAME) in used:
                parts.append(field.raw)
        elif field.number not in (NODE, INPUT, OUTPUT):
            parts.append(field.raw)
    ends = _end(fields, INPUT, start), _end(fields, OUTPUT, end)
    return b"".join((*parts, *ends))


def _needed(nodes: list[_Node], wanted: set[str], start: str) -> list[_Node]:
    """Nodes that the wanted tensors depend on, in the file's order, which is an execution order."""
    needed = []
    for node in reversed(nodes):
        if wanted.intersection(node.outputs):
            needed.append(node)
            wanted |= set(node.inputs) - {start}
    return needed[::-1]


def _end(fields: list[_Field], number: int, name: str) -> bytes:
    """The network's own input or output, or a float tensor: an input with RANK unknown dimensions,
    an output without a declared shape."""
    if not name:
        return b"".join(field.raw for field in fields if field.number == number)
    element = bytes([ELEMENT_TYPE << 3 | VARINT, FLOAT])
    sizes = _as_bytes(SHAPE, _as_bytes(DIMENSION, b"") * RANK)
    shape = sizes if number == INPUT else b""
    kind = _as_bytes(VALUE_TYPE, _as_bytes(TENSOR_TYPE, element + shape))
    return _as_bytes(number, _as_bytes(VALUE_NAME, name.encode()) + kind)


def _node(field: _Field) -> _Node:
    names: dict[int, list[str]] = {NODE_INPUT: [], NODE_OUTPUT: [], OPERATOR: []}
    for part in _fields(field.value):
        if part.number in names:
            names[part.number].append(part.value.decode())
    inputs, outputs, operators = (tuple(found) for found in names.values())
    return _Node(field.raw, inputs, outputs, "".join(operators))


def _first_name(fields: list[_Field], number: int) -> str:
    return next((_name(each.value, VALUE_NAME) for each in fields if each.number == number), "")


def _name(message: bytes, number: int) -> str:
    found = (field.value.decode() for field in _fields(message) if field.number == number)
    return next(found, "")


def _fields(message: bytes) -> Iterator[_Field]:
    at = 0
    while at < len(message):
        start = at
        key, at = _varint(message, at)
        kind, value = key & 7, b""
        if kind == VARINT:
            _, at = _varint(message, at)
        elif kind == BYTES:
            length, at = _varint(message, at)
            value, at = message[at : at + length], at + length
        elif kind in (FIXED32, FIXED64):
            at += 4 if kind == FIXED32 else 8
        else:
            raise ValueError("not a protobuf message")
        if at > len(message):
            raise ValueError("the message ends too early")
        yield _Field(key >> 3, message[start:at], value)


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """The number that begins at a position, seven bits per byte, lowest first, and its end."""
    value = shift = 0
    while at < len(message) and shift < 64:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
    raise ValueError("the message ends too early")


def _as_bytes(number: int, content: bytes) -> bytes:
    return _encoded(number << 3 | BYTES) + _encoded(len(content)) + content


def _encoded(value: int) -> bytes:
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)
