"""Batches of drawn lines of one width, made by separate processes."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np

from .blackletter import set_in_type
from .damage import CLEAN, HARD, MID, Gray
from .drawing import HEIGHT, can_draw, drawn, letters_of
from .encoding import encoded
from .scripts import ENGLISH, SCRIPTS, Script
from .variation import LineSource

# Widths of batches in pixels, and the share of each: long lines cost more.
WIDTHS = (96, 160, 240, 320, 416, 512, 640, 800, 960, 1200, 1600)
SHARES = (0.05, 0.10, 0.12, 0.14, 0.15, 0.14, 0.12, 0.09, 0.05, 0.03, 0.01)
# The engine pads shorter lines to this width with gray.
LEAST_WIDTH, GRAY = 160, 128
# Limits for scaling a line sideways to fit its batch; a shorter one is padded with paper color.
FIT = 0.88, 1.14
WIDEST = 1.7
AMOUNTS, AMOUNT_SHARES = (CLEAN, MID, HARD), (0.2, 0.45, 0.35)
# Share of lines in English, which every head recognizes too.
ENGLISH_SHARE = 0.1


@dataclass(frozen=True)
class Batch:
    """pictures: (lines, 48, width). texts: the expected output for each."""

    pictures: Gray
    texts: list[str]


@dataclass(frozen=True)
class Material:
    """Folders written by training.fonts and training.texts. part: "train" or "held"."""

    fonts: Path
    texts: Path
    part: str

    def font_files(self, script: Script) -> list[Path]:
        names = (self.fonts / f"{script.name}.{self.part}.txt").read_text("utf-8").split("\n")
        return [self.fonts / "files" / name for name in names if name]

    def lines(self, name: str) -> list[str]:
        return (self.texts / f"{name}.{self.part}.txt").read_text("utf-8").splitlines()


class LineMaker:
    def __init__(self, script: Script, material: Material, seed: int) -> None:
        self.script = script
        self.fonts = material.font_files(script)
        self.chance = np.random.default_rng(seed)
        self.source = LineSource(script, material.lines(script.name), seed)
        # If a typeface makes the script, English set in it would be in that script.
        english = ENGLISH if script.faces else script
        self.english = LineSource(english, material.lines("English"), seed + 1)
        self.roman = material.font_files(SCRIPTS["Vietnamese"]) if script.faces else self.fonts
        self.density = 0.07 * script.stretch**-1  # characters per pixel, updated with each line

    def batch(self, size: int) -> Batch:
        width = int(self.chance.choice(WIDTHS, p=SHARES))
        pictures, texts = [], []
        while len(pictures) < size:
            made = self.line(width, float(self.chance.choice(AMOUNTS, p=AMOUNT_SHARES)))
            if made:
                pictures.append(made[0])
                texts.append(made[1])
        return Batch(np.stack(pictures), texts)

    def line(self, width: int, amount: float) -> tuple[Gray, str] | None:
        """Picture and label of a line of that width, or None if the text tried does not fit."""
        source = self.english if self.chance.random() < ENGLISH_SHARE else self.source
        text = source.text(max(1, round(width * self.density)))
        fonts = self.fonts if source is self.source else self.roman
        font = fonts[int(self.chance.integers(len(fonts)))]
        if not can_draw(font, text):
            return None
        printed = text
        if self.script.name == "Fraktur" and source is self.source:
            printed = set_in_type(text, letters_of(str(font)), source.chance)
        picture = drawn(printed, font, self.script, self.chance, amount)
        natural = picture.shape[1]
        if source is self.source:
            ratio = len(text) / natural
            self.density += 0.02 * (min(ratio, 0.2) - self.density)
        label = encoded(text, self.script)
        if not FIT[0] <= width / natural <= WIDEST or steps_needed(label) > width // 8:
            return None
        return _widened(_fitted(picture, width)), label


def steps_needed(label: str) -> int:
    """Number of steps for the label: CTC needs a blank between equal neighbours."""
    return len(label) + sum(one == other for one, other in pairwise(label))


def _fitted(picture: Gray, width: int) -> Gray:
    natural = picture.shape[1]
    if width / natural > FIT[1]:
        paper = np.median(picture[:, -2:])
        padded = np.full((HEIGHT, width), paper, np.uint8)
        padded[:, :natural] = picture
        return padded
    return np.asarray(cv2.resize(picture, (width, HEIGHT)), np.uint8)


def _widened(picture: Gray) -> Gray:
    missing = max(0, LEAST_WIDTH - picture.shape[1])
    return np.pad(picture, ((0, 0), (0, missing)), constant_values=GRAY)


def batches(
    script: str, material: Material, *, workers: int, size: int, seed: int
) -> Iterator[Batch | None]:
    """Endless batches, with None whenever none is ready."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue(4 * workers)
    for number in range(workers):
        arguments = script, material, size, 1000 * seed + number, queue
        context.Process(target=_make, args=arguments, daemon=True).start()
    while True:
        yield None if queue.empty() else queue.get()


def _make(script: str, material: Material, size: int, seed: int, queue) -> None:  # type: ignore[no-untyped-def]
    cv2.setNumThreads(1)
    os.nice(10)  # the training process must never wait for the CPU
    maker = LineMaker(SCRIPTS[script], material, seed)
    while True:
        queue.put(maker.batch(size))
