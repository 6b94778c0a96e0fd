"""Character error rates of a head on lines drawn with held-out fonts and texts."""

from __future__ import annotations

import random

import numpy as np
import torch
from rapidfuzz.distance import Levenshtein

from .damage import CLEAN, HARD, MID
from .lines import WIDTHS, LineMaker, Material
from .network import BLANK, Neck
from .scripts import Script
from .trunk import Trunk

KINDS = {"clean": CLEAN, "mid": MID, "hard": HARD}


def error_rates(
    neck: Neck, trunk: Trunk, script: Script, material: Material, lines: int
) -> dict[str, float]:
    """Micro-averaged CER in percent, by kind of damage and for English lines."""
    maker = LineMaker(script, material, seed=7)
    found = {}
    for kind, amount in KINDS.items():
        found[kind] = _rate(neck, trunk, script, _drawn(maker, amount, lines))
    maker.source = maker.english
    found["English"] = _rate(neck, trunk, script, _drawn(maker, CLEAN, lines))
    return found


def _drawn(maker: LineMaker, amount: float, count: int) -> list[tuple[np.ndarray, str]]:
    chance = random.Random(5)
    lines = []
    while len(lines) < count:
        if made := maker.line(chance.choice(WIDTHS[1:]), amount):
            lines.append(made)
    return lines


@torch.inference_mode()
def _rate(neck: Neck, trunk: Trunk, script: Script, lines: list[tuple[np.ndarray, str]]) -> float:
    wrong = total = 0
    for picture, text in lines:
        logits = neck(trunk(picture[None]).float())[0]
        wrong += Levenshtein.distance(decoded(logits.argmax(1).tolist(), script), text)
        total += len(text)
    return round(100 * wrong / max(1, total), 2)


def decoded(classes: list[int], script: Script) -> str:
    """Text of the classes, by greedy CTC decoding."""
    table = ["", *script.characters]
    merged = [one for one, before in zip(classes, [BLANK, *classes], strict=False) if one != before]
    return "".join(table[each] for each in merged)
