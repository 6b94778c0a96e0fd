"""Train the network that tells handwriting from print, on the trunk's features.

python -m training.handwritten --model REC.onnx --fonts FOLDER --texts FOLDER --out FOLDER

A logistic regression of a line's mean features, on lines drawn in faces like handwriting and in
faces of print. Prints the shares of held-out lines that are taken for handwriting, and writes
OUT/handwritten.onnx.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
import torch.nn.functional as nn
from onnx import helper, numpy_helper
from torch import Tensor

from .damage import CLEAN, HARD, MID
from .export import save_classifier
from .lines import LineMaker, Material
from .scripts import SCRIPTS
from .trunk import CHANNELS, FEATURES, Trunk, load_trunk

HAND, PRINT = SCRIPTS["Handwriting"], SCRIPTS["Symbols"]  # the latter has all faces of print
WIDTHS = (160, 240, 320, 416, 512, 640)
AMOUNTS = {"clean": CLEAN, "mid": MID, "hard": HARD}
ROUNDS, DECAY = 300, 3e-3
SURE = 0.9


def drawn(trunk: Trunk, material: Material, hand: bool, amount: float, count: int) -> Tensor:
    """Mean features (count, 384) of lines in handwriting or print."""
    maker = LineMaker(HAND, material, seed=11 + hand)
    maker.english = maker.source
    if not hand:
        maker.fonts = material.font_files(PRINT)
    found: list[Tensor] = []
    while len(found) < count:
        made = maker.line(int(maker.chance.choice(WIDTHS)), amount)
        if made:
            found.append(trunk(made[0][None])[0].float().mean(1))
    return torch.stack(found)


def fit(hand: Tensor, prints: Tensor) -> tuple[Tensor, Tensor]:
    """Weights (384) and bias of the logit of being handwriting."""
    features = torch.cat([hand, prints])
    truth = torch.cat([torch.ones(len(hand)), torch.zeros(len(prints))])
    mean, spread = features.mean(0), features.std(0) + 1e-4
    scaled = (features - mean) / spread
    weights, bias = torch.zeros(CHANNELS, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, bias], max_iter=ROUNDS)

    def loss() -> Tensor:
        optimizer.zero_grad()
        logits = scaled @ weights + bias
        found = nn.binary_cross_entropy_with_logits(logits, truth) + DECAY * weights.square().sum()
        found.backward()
        return found

    optimizer.step(loss)
    weights = (weights / spread).detach()
    return weights, bias.detach() - weights @ mean


def export(weights: Tensor, bias: Tensor, packaged: Path, target: Path) -> None:
    """Writes the network for unpadded features of one line."""
    constants = [
        numpy_helper.from_array(weights.numpy().reshape(1, CHANNELS, 1, 1), "weights"),
        numpy_helper.from_array(bias.numpy(), "bias"),
    ]
    nodes = [
        helper.make_node("Conv", [FEATURES, "weights", "bias"], ["steps"]),
        helper.make_node("ReduceMean", ["steps"], ["handwritten"], axes=[1, 2, 3], keepdims=0),
    ]
    save_classifier(nodes, constants, "handwritten", packaged, target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--model", "--fonts", "--texts", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--lines", type=int, default=500, help="of each kind and amount of damage")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    trunk = load_trunk(arguments.model)
    material, held = (
        Material(arguments.fonts, arguments.texts, part) for part in ("train", "held")
    )
    hand, prints = (
        torch.cat([drawn(trunk, material, of, each, arguments.lines) for each in AMOUNTS.values()])
        for of in (True, False)
    )
    weights, bias = fit(hand, prints)
    export(weights, bias, arguments.model, arguments.out / "handwritten.onnx")
    for name, amount in AMOUNTS.items():
        for of in (True, False):
            logits = drawn(trunk, held, of, amount, arguments.lines // 5) @ weights + bias
            share = (torch.sigmoid(logits) > SURE).float().mean()
            print(f"{name}, {'handwriting' if of else 'print'}: {100 * share:.0f} % taken for it")


if __name__ == "__main__":
    main()
