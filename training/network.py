"""The trained part of a recognizer: PP-OCR's neck and an output layer for one script."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as nn
from onnx import numpy_helper
from torch import Tensor

WIDTH = 120
HEADS = 8
EPSILON = 1e-5
BLANK = 0
# Initializers of the neck: three convolutions with batch norms, two blocks of four linear layers,
# five layer norms. Statistics of the batch norms stay those of the packaged model.
NECK = re.compile(
    r"conv2d_6[567]\.w_0|batch_norm2d_5[567]\.[wb]_\d|linear_[0-7]\.[wb]_0|helper\.reshape\.\d"
)
STATISTICS = re.compile(r"batch_norm2d_\d+\.w_[12]")
# Letters that the packaged alphabet lacks, and similar ones whose weights they start from.
ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁгпилЗзӨөҮһ", "ABESIJKMHOPCTYXaesijopcyxdrnuпЗзOoYh"
)


class Neck(torch.nn.Module):
    """Features (lines, 384, steps) to logits (lines, steps, classes); structured as in PP-OCRv6.

    Parameters are named like the packaged model's initializers, with "-" for dots.
    """

    def __init__(self, packaged: Path, characters: list[str], seed: int) -> None:
        super().__init__()
        model = onnx.load(packaged)
        self.names: dict[str, str] = {}
        for each in model.graph.initializer:
            if not NECK.fullmatch(each.name):
                continue
            key = each.name.replace(".", "-")
            value = torch.from_numpy(numpy_helper.to_array(each).astype(np.float32))
            self.names[key] = each.name
            if STATISTICS.fullmatch(each.name):
                self.register_buffer(key, value)
            else:
                self.register_parameter(key, torch.nn.Parameter(value))
        weights, bias = _output_layer(model, characters, seed)
        self.output_weight = torch.nn.Parameter(weights)
        self.output_bias = torch.nn.Parameter(bias)

    def load(self, head: Path) -> None:
        """Continues from an exported head with the same alphabet."""
        stored = {
            each.name.removesuffix(".half"): numpy_helper.to_array(each).astype(np.float32)
            for each in onnx.load(head).graph.initializer
        }
        names = self.names | {"output_weight": "linear_8.w_0", "output_bias": "linear_8.b_0"}
        with torch.no_grad():
            for key, name in names.items():
                getattr(self, key).copy_(torch.from_numpy(stored[name]))

    def forward(self, features: Tensor) -> Tensor:
        shortcut = nn.silu(self._convolved(features, 67, 57))
        value = nn.silu(self._convolved(features, 65, 55))
        value = value + nn.silu(self._convolved(value, 66, 56))
        value = value.transpose(1, 2)
        for block in (0, 1):
            value = value + self._attended(self._normalized(value, 2 * block), 4 * block)
            value = value + self._mixed(self._normalized(value, 2 * block + 1), 4 * block + 2)
        value = self._normalized(value, 4) + shortcut.transpose(1, 2)
        return value @ self.output_weight + self.output_bias

    def _of(self, name: str) -> Tensor:
        found: Tensor = getattr(self, name.replace(".", "-"))
        return found

    def _convolved(self, value: Tensor, number: int, norm: int) -> Tensor:
        kernel = self._of(f"conv2d_{number}.w_0")[:, :, 0]
        groups = WIDTH if kernel.shape[1] == 1 else 1
        value = nn.conv1d(value, kernel, padding=kernel.shape[2] // 2, groups=groups)
        scale, shift, mean, variance = (
            self._of(f"batch_norm2d_{norm}.{part}") for part in ("w_0", "b_0", "w_1", "w_2")
        )
        return nn.batch_norm(value, mean, variance, scale, shift, eps=EPSILON)

    def _normalized(self, value: Tensor, number: int) -> Tensor:
        scale, shift = (self._of(f"helper.reshape.{2 * number + part}") for part in (0, 1))
        return nn.layer_norm(value, (WIDTH,), scale, shift, eps=EPSILON)

    def _linear(self, value: Tensor, number: int) -> Tensor:
        return value @ self._of(f"linear_{number}.w_0") + self._of(f"linear_{number}.b_0")

    def _attended(self, value: Tensor, number: int) -> Tensor:
        lines, steps, _ = value.shape
        parts = self._linear(value, number).view(lines, steps, 3, HEADS, WIDTH // HEADS)
        query, key, content = parts.permute(2, 0, 3, 1, 4)
        seen = nn.scaled_dot_product_attention(query, key, content)
        return self._linear(seen.transpose(1, 2).reshape(lines, steps, WIDTH), number + 1)

    def _mixed(self, value: Tensor, number: int) -> Tensor:
        return self._linear(nn.silu(self._linear(value, number)), number + 1)


def _output_layer(
    model: onnx.ModelProto, characters: list[str], seed: int
) -> tuple[Tensor, Tensor]:
    """Weights and bias of the output layer.

    Columns are the packaged layer's for letters that it knows or that look alike, else random.
    """
    found = {each.name: each for each in model.graph.initializer}
    weights = numpy_helper.to_array(found["linear_8.w_0"]).astype(np.float32)
    bias = numpy_helper.to_array(found["linear_8.b_0"]).astype(np.float32)
    table = next(each.value for each in model.metadata_props if each.key == "character")
    number = {each: at for at, each in enumerate(["", *table.split("\n"), " "])}
    chance = np.random.default_rng(seed)
    columns = chance.normal(0, weights.std(), (WIDTH, len(characters) + 1)).astype(np.float32)
    shifts = np.full(len(characters) + 1, np.median(bias), np.float32)
    for at, character in enumerate(["", *characters]):
        known = number.get(character, number.get(_resembling(character)))
        if known is not None:
            columns[:, at], shifts[at] = weights[:, known], bias[known]
    return torch.from_numpy(columns), torch.from_numpy(shifts)


def _resembling(character: str) -> str:
    """The letter without accents, or another of the same shape."""
    base = unicodedata.normalize("NFD", character)[:1]
    return base.translate(ALIKE)
