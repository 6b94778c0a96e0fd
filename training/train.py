"""Train the head of one script on lines that are drawn at the same time.

python -m training.train SCRIPT --model REC.onnx --fonts FOLDER --texts FOLDER --out FOLDER

Lines go through the frozen trunk once; their features are kept and trained on repeatedly while more
are drawn. Writes OUT/SCRIPT.onnx every minute, and OUT/SCRIPT.json with measurements at the end.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as nn
from torch import Tensor

from .evaluate import error_rates
from .export import export
from .lines import Batch, Material, batches
from .network import BLANK, Neck
from .scripts import SCRIPTS, Script
from .trunk import load_trunk

DRAWN_TOGETHER = 16
RATE_NECK, RATE_OUTPUT, LEAST_RATE = 1e-3, 2e-3, 0.02
WARM_UP = 0.02
WEIGHT_DECAY = 0.01
DROPPED_CHANNELS = 0.1
LONGEST_GRADIENT = 2.0
AVERAGING = 0.998
SAVED_EVERY = 60.0
# Batches whose features are kept, per width; beyond that, one is replaced (at most 8 GB in all).
MOST_KEPT = 700
# Most steps per drawn batch: if drawing is slow, the network must not memorize a few lines.
STEPS_PER_BATCH = 6


@dataclass(frozen=True)
class Kept:
    """A batch. features: (lines, 384, steps). classes: of all lines. lengths: of each line."""

    features: Tensor
    classes: Tensor
    lengths: Tensor


class Trainer:
    def __init__(self, script: Script, model: Path, device: str, together: int, seed: int) -> None:
        torch.manual_seed(seed)
        torch.set_float32_matmul_precision("high")
        torch.backends.cudnn.allow_tf32 = True
        self.chance = random.Random(seed)
        self.script, self.model, self.device = script, model, device
        self.together = together  # batches of one width per training step
        self.trunk = load_trunk(model, device)
        self.neck = Neck(model, script.characters, seed).to(device)
        self.average = copy.deepcopy(self.neck)
        output = [self.neck.output_weight, self.neck.output_bias]
        rest = [each for each in self.neck.parameters() if all(each is not one for one in output)]
        self.optimizer = torch.optim.AdamW(
            [{"params": rest, "rate": RATE_NECK}, {"params": output, "rate": RATE_OUTPUT}],
            weight_decay=WEIGHT_DECAY,
        )
        self.number = {each: at for at, each in enumerate(["", *script.characters])}
        self.kept: dict[int, list[Kept]] = defaultdict(list)
        self.lines = self.steps = 0
        self.rate = 1.0
        self.loss = 0.0

    def start_from(self, head: Path) -> None:
        for network in (self.neck, self.average):
            network.load(head)

    def keep(self, batch: Batch) -> None:
        features = self.trunk(batch.pictures)
        classes = [self.number[each] for text in batch.texts for each in text]
        lengths = [len(text) for text in batch.texts]
        kept = self.kept[features.shape[2]]
        if len(kept) >= MOST_KEPT:
            kept.pop(self.chance.randrange(MOST_KEPT))
        kept.append(
            Kept(features, torch.tensor(classes, device=self.device), torch.tensor(lengths))
        )
        self.lines += len(batch.texts)

    def step(self, progress: float) -> None:
        """One training step. progress: elapsed share of the training, 0 to 1."""
        widths = list(self.kept)
        counts = [len(self.kept[width]) for width in widths]
        width = self.chance.choices(widths, counts)[0]
        chosen = self.chance.choices(self.kept[width], k=self.together)
        features = torch.cat([each.features for each in chosen]).float()
        logits = self.neck(nn.dropout1d(features, DROPPED_CHANNELS))
        sizes = torch.full((len(logits),), width)
        lengths = torch.cat([each.lengths for each in chosen])
        loss = nn.ctc_loss(
            logits.float().log_softmax(2).transpose(0, 1),
            torch.cat([each.classes for each in chosen]),
            sizes,
            lengths,
            BLANK,
            zero_infinity=True,
        )
        self._learn(loss, progress)

    def _learn(self, loss: Tensor, progress: float) -> None:
        cosine = (1 + math.cos(math.pi * progress)) / 2
        factor = min(1.0, progress / WARM_UP + 0.02) * max(LEAST_RATE, cosine)
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * factor * self.rate
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn_utils = torch.nn.utils
        nn_utils.clip_grad_norm_(self.neck.parameters(), LONGEST_GRADIENT, foreach=True)
        self.optimizer.step()
        self.steps += 1
        averaging = min(AVERAGING, self.steps / (self.steps + 20))
        with torch.no_grad():
            own, mean = list(self.neck.parameters()), list(self.average.parameters())
            torch._foreach_lerp_(mean, own, 1 - averaging)
        if self.steps % 50 == 0:
            self.loss = float(loss.detach())


def main() -> None:
    arguments = _arguments()
    script = SCRIPTS[arguments.script]
    trainer = Trainer(script, arguments.model, arguments.device, arguments.together, arguments.seed)
    if arguments.start:
        trainer.start_from(arguments.start)
    trainer.rate = arguments.rate
    arguments.out.mkdir(parents=True, exist_ok=True)
    material = Material(arguments.fonts, arguments.texts, "train")
    drawn = batches(
        script.name, material, workers=arguments.workers, size=DRAWN_TOGETHER, seed=arguments.seed
    )
    start = saved = time.monotonic()
    for batch in drawn:
        now = time.monotonic()
        progress = (now - start) / arguments.seconds
        if progress >= 1:
            break
        if batch:
            trainer.keep(batch)
        if trainer.steps < STEPS_PER_BATCH * trainer.lines / DRAWN_TOGETHER:
            trainer.step(progress)
        else:
            time.sleep(0.002)
        if now - saved > SAVED_EVERY:
            saved = now
            _save(trainer, arguments.out)
    _save(trainer, arguments.out)
    _report(trainer, arguments)


def _save(trainer: Trainer, folder: Path) -> None:
    target = folder / f"{trainer.script.name}.onnx"
    export(trainer.average, trainer.model, trainer.script, target)
    print(
        f"{trainer.script.name}: {trainer.lines} lines, {trainer.steps} steps,"
        f" loss {trainer.loss:.3f}",
        flush=True,
    )


def _report(trainer: Trainer, arguments: argparse.Namespace) -> None:
    held = Material(arguments.fonts, arguments.texts, "held")
    rates = error_rates(trainer.average, trainer.trunk, trainer.script, held, arguments.evaluated)
    measured = {"lines": trainer.lines, "steps": trainer.steps, "seed": arguments.seed, **rates}
    text = json.dumps(measured)
    (arguments.out / f"{trainer.script.name}.json").write_text(text + "\n", encoding="utf-8")
    print(trainer.script.name, text, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("script", choices=SCRIPTS)
    for name in ("--model", "--fonts", "--texts", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=3600, help="of training")
    parser.add_argument("--workers", type=int, default=2, help="processes that draw")
    parser.add_argument("--together", type=int, default=3, help="batches of 16 lines in a step")
    parser.add_argument("--start", type=Path, help="a head to go on from")
    parser.add_argument("--rate", type=float, default=1.0, help="share of the usual rates")
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    parser.add_argument("--evaluated", type=int, default=60, help="lines of each kind")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
