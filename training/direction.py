"""Train the network that tells whether a line is the right way up, on the trunk's features.

    python -m training.direction features SCRIPT ... --model REC.onnx --fonts FOLDER --texts FOLDER
        --packages FOLDER ... --out FOLDER [--lines 400] [--part train]
    python -m training.direction fit --model REC.onnx --out FOLDER

"features" draws lines and stores the frozen trunk's features of each line and of its half turn.
"fit" trains on those of part "train", prints the share of correctly judged lines for each script of
part "held", and writes OUT/direction.onnx. SCRIPT "all" means every script.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as nn
from onnx import helper, numpy_helper
from torch import Tensor

from .export import save_classifier
from .lines import GRAY, LEAST_WIDTH, Material
from .scripts import SCRIPTS
from .trunk import CHANNELS, FEATURES, STEP, Trunk, load_trunk
from .upright_lines import BLOCKS, UprightLines

NAMES = ("English", *SCRIPTS, *BLOCKS)
WIDTH = 48
ROUNDS, BATCH, RATE = 14, 64, 2e-3
DROPPED = 0.1
WEIGHT_DECAY = 0.02


class DirectionNetwork(torch.nn.Module):
    """Features (lines, 384, steps) to the logit (lines,) of being the right way up.

    The mean of a value per step, which depends on the step and its neighbours.
    """

    def __init__(self) -> None:
        super().__init__()
        self.first = torch.nn.Conv1d(CHANNELS, WIDTH, 1)
        self.second = torch.nn.Conv1d(WIDTH, WIDTH, 3, padding=1)
        self.last = torch.nn.Conv1d(WIDTH, 1, 1)

    def forward(self, features: Tensor, steps: Tensor) -> Tensor:
        """steps: number of steps of each line, without padding."""
        dropped = nn.dropout1d(features, DROPPED, self.training)
        inside = (torch.arange(features.shape[2]) < steps[:, None])[:, None]
        value = torch.relu(self.first(dropped)) * inside
        said = self.last(torch.relu(self.second(value)))
        return (said * inside).sum((1, 2)) / steps


def features(arguments: argparse.Namespace) -> None:
    trunk = load_trunk(arguments.model)
    material = Material(arguments.fonts, arguments.texts, arguments.part)
    names = NAMES if arguments.scripts == ["all"] else arguments.scripts
    for name in names:
        target = arguments.out / f"{name}.{arguments.part}.npz"
        if target.exists():
            continue
        lines = iter(UprightLines(name, material, arguments.packages, arguments.seed))
        found: dict[str, np.ndarray] = {}
        for at in range(arguments.lines):
            line = next(lines)
            for way, picture in (("up", line), ("down", line[::-1, ::-1])):
                found[f"{way}{at}"] = _features(trunk, np.ascontiguousarray(picture))
        np.savez(target, **found)
        print(name, flush=True)


def fit(arguments: argparse.Namespace) -> None:
    torch.manual_seed(arguments.seed)
    pairs = [pair for name in NAMES for pair in _stored(arguments.out, name, "train")]
    network = DirectionNetwork()
    steps = ROUNDS * (len(pairs) // BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), RATE, weight_decay=WEIGHT_DECAY)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps + 1)
    for _ in range(ROUNDS):
        order = torch.randperm(len(pairs)).tolist()
        for start in range(0, len(pairs) - BATCH + 1, BATCH):
            up, down = _said(network, [pairs[at] for at in order[start : start + BATCH]])
            loss = nn.softplus(-up).mean() + nn.softplus(down).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            plan.step()
    network.eval()
    for name in NAMES:
        _print_right(network, name, _stored(arguments.out, name, "held"))
    export(network, arguments.model, arguments.out / "direction.onnx")


def export(network: DirectionNetwork, packaged: Path, target: Path) -> None:
    """Writes the network for unpadded features of one line, with 16-bit weights."""
    nodes, constants = [], []
    for at, layer in enumerate((network.first, network.second, network.last)):
        for part, value in (("w", layer.weight[:, :, None]), ("b", layer.bias)):
            stored = value.detach().numpy().astype(np.float16)
            constants.append(numpy_helper.from_array(stored, f"{part}{at}.half"))
            name = f"{part}{at}"
            nodes.append(helper.make_node("Cast", [f"{name}.half"], [name], to=1))
        given = FEATURES if at == 0 else f"r{at - 1}"
        sides = [0, layer.padding[0], 0, layer.padding[0]]
        nodes.append(helper.make_node("Conv", [given, f"w{at}", f"b{at}"], [f"c{at}"], pads=sides))
        nodes.append(helper.make_node("Relu", [f"c{at}"], [f"r{at}"]))
    nodes.pop()
    nodes.append(helper.make_node("ReduceMean", ["c2"], ["upright"], axes=[1, 2, 3], keepdims=0))
    save_classifier(nodes, constants, "upright", packaged, target)


def _features(trunk: Trunk, line: np.ndarray) -> np.ndarray:
    """Features (384, steps) of a line (48, width)."""
    width = max(LEAST_WIDTH, -(-line.shape[1] // STEP) * STEP)
    padded = np.full((1, line.shape[0], width), GRAY, np.uint8)
    padded[0, :, : line.shape[1]] = line
    used = max(1, round(line.shape[1] / STEP))
    return trunk(padded)[0, :, :used].numpy()


def _stored(folder: Path, name: str, part: str) -> list[tuple[Tensor, Tensor]]:
    """Features of each line and of its half turn, from file."""
    path = folder / f"{name}.{part}.npz"
    if not path.exists():
        return []
    with np.load(path) as found:
        return [
            (torch.from_numpy(found[f"up{at}"]), torch.from_numpy(found[f"down{at}"]))
            for at in range(len(found.files) // 2)
        ]


def _said(network: DirectionNetwork, pairs: list[tuple[Tensor, Tensor]]) -> tuple[Tensor, Tensor]:
    both = [line for pair in pairs for line in pair]
    steps = torch.tensor([line.shape[1] for line in both])
    batch = torch.zeros(len(both), CHANNELS, int(steps.max()))
    for at, line in enumerate(both):
        batch[at, :, : line.shape[1]] = line.float()
    said = network(batch, steps)
    return said[::2], said[1::2]


@torch.inference_mode()
def _print_right(network: DirectionNetwork, name: str, pairs: list[tuple[Tensor, Tensor]]) -> None:
    if pairs:
        up, down = _said(network, pairs)
        right, sure = (up > down).float().mean(), ((up - down).abs() > 2).float().mean()
        wrong = ((down - up) > 2).float().mean()
        print(
            f"{name}: {100 * right:.1f} % of {len(pairs)} lines, "
            f"{100 * sure:.0f} % surely, {100 * wrong:.1f} % surely wrong"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=("features", "fit"))
    parser.add_argument("scripts", nargs="*", default=["all"])
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--fonts", type=Path)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--packages", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--lines", type=int, default=400)
    parser.add_argument("--part", choices=("train", "held"), default="train")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    {"features": features, "fit": fit}[arguments.verb](arguments)


if __name__ == "__main__":
    main()
