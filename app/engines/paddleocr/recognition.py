"""Recognition of text lines with PP-OCR's CTC network, with each character's place in the line."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from copy import copy
from pathlib import Path
from typing import Protocol, TypeVar, runtime_checkable

import cv2
import numpy as np

from app.engines.runtime.cores import in_parallel
from app.engines.runtime.onnx import Floats, Network, Runtime
from app.ocr.languages import AUTO
from app.ocr.options import Options
from app.ocr.prepare.light import to_rgb
from app.ocr.source.base import Pixels

from .alphabet import (
    asks_for_asian,
    classes_of_whitelist,
    classes_without_asian,
    is_surely_asian,
)
from .ctc import Character, Classes, decoded
from .eight_bits import load_convolutions
from .heads.graph_cut import last_layer
from .heads.trunk import PackagedNetwork, SharedTrunk
from .letter_pitch import NARROWEST, stretch_of
from .models import ModelFiles, read_characters
from .output_layer import Output, OutputLayer, Probabilities

HEIGHT = 48
MIN_WIDTH = 160
MAX_WIDTH = 6400
PLAIN = Runtime()

ReadLine = Callable[[Pixels, Options], list[Character]]
Result = TypeVar("Result")
# Turns the index of a line and its characters into a result, in the thread that read the line.
Finish = Callable[[int, list[Character]], Result]


@runtime_checkable
class ReadsPages(Protocol):
    """A reader of lines whose result for one depends on the other lines of its page."""

    def read_page(
        self, lines: list[Pixels], options: Options, finish: Finish[Result]
    ) -> list[Result]:
        """The result of finish for each of a page's lines."""
        ...


def read_lines(
    reader: ReadLine | ReadsPages,
    lines: list[Pixels],
    options: Options,
    finish: Finish[Result],
) -> list[Result]:
    """The result of finish for each of a page's lines, on all cores that the page may use."""
    if isinstance(reader, ReadsPages):
        return reader.read_page(lines, options, finish)
    return each_line(lambda at: finish(at, reader(lines[at], options)), lines)


def each_line(
    work: Callable[[int], Result], lines: list[Pixels], chosen: Sequence[int] | None = None
) -> list[Result]:
    """The results of the work for the chosen indices of lines, by default all; longest first."""
    numbers = range(len(lines)) if chosen is None else chosen
    return in_parallel(work, numbers, lambda at: lines[at].shape[1] / lines[at].shape[0])


class LineReader:
    def __init__(
        self, files: ModelFiles, network: Network, output: Output, runtime: Runtime
    ) -> None:
        """network: the files' recognizer up to its output layer, loaded by that runtime."""
        self.network = network
        self.output = output
        self.runtime = runtime
        self.narrowest = NARROWEST
        self.characters = self._load_characters(files.characters)
        self.without_asian = classes_without_asian(self.characters)
        self.whitelists: dict[str, Classes] = {}

    def __call__(self, line: Pixels, options: Options) -> list[Character]:
        """Characters of one cropped, upright line, left to right; empty if it reads nothing.

        Only those of the options' languages or whitelist are given, except where AUTO is among
        the languages and the line is Chinese or Japanese beyond doubt.
        """
        batch, used = normalized(line, self._stretch(line, options), self.runtime)
        features = self.network(batch)[0]
        allowed = self._allowed(options)
        if allowed is None:
            return decoded(self.output.best(features), self.characters, used)
        limited, may_have_others = self.output.best_allowed(features, allowed)
        if may_have_others and AUTO in options.languages and not options.whitelist:
            free = decoded(self.output.best(features), self.characters, used)
            if is_surely_asian(free):
                return free
        return decoded(limited, self.characters, used)

    def at_full_width(self) -> LineReader:
        """A copy that narrows no line."""
        reader = copy(self)
        reader.narrowest = 1.0
        return reader

    def _stretch(self, line: Pixels, options: Options) -> float:
        """stretch of normalized(). Chinese and Japanese characters have many strokes without being
        narrow; a short line is narrowed only as far as that saves work."""
        if asks_for_asian(options):
            return 1.0
        height, width = line.shape[:2]
        shortest: float = MIN_WIDTH * height / (HEIGHT * width)
        return max(stretch_of(line, self.narrowest), min(1.0, shortest))

    def _allowed(self, options: Options) -> Classes | None:
        """Classes of the options' whitelist or languages; None if all are allowed.

        A page in Latin letters has no Chinese characters: a smudge that looks like one is read as
        the next best match.
        """
        whitelist = options.whitelist
        if not whitelist:
            any_letters = options.languages == (AUTO,) or asks_for_asian(options)
            return None if any_letters else self.without_asian
        if whitelist not in self.whitelists:
            self.whitelists = {whitelist: classes_of_whitelist(self.characters, whitelist)}
        return self.whitelists[whitelist]

    def _load_characters(self, inference_yml: Path | None) -> list[str]:
        if inference_yml:
            table = read_characters(inference_yml)
        else:
            table = self.network.metadata("character").split("\n")
        return ["", *table, " "]


def line_reader(
    files: ModelFiles, runtime: Runtime, trunk: SharedTrunk | None = None
) -> LineReader:
    """trunk: of the same recognizer, if others use it too."""
    model = files.recognizer.read_bytes()
    layer = last_layer(model)
    end = layer.features if layer else ""
    network: Network
    if trunk:
        network = PackagedNetwork(trunk, model, runtime, end)
    else:
        network = load_convolutions(files.recognizer, end, runtime)
    output: Output = OutputLayer(layer) if layer else Probabilities()
    return LineReader(files, network, output, runtime)


def normalized(
    line: Pixels, stretch: float = 1.0, runtime: Runtime = PLAIN
) -> tuple[Floats, float]:
    """(1, 3, HEIGHT, width) in -1..1, blue-green-red, and the share of it that is the line.

    stretch: factor by which a line is widened, for closely set letters. runtime: chooses the width.
    """
    height, width = line.shape[:2]
    wanted = min(MAX_WIDTH, max(1, math.ceil(HEIGHT * width * stretch / height)))
    new_width = runtime.line_width(wanted)
    padded = math.ceil(max(MIN_WIDTH, new_width) / runtime.width_step) * runtime.width_step
    resized = np.asarray(cv2.resize(line, (new_width, HEIGHT)), np.uint8)
    batch = np.zeros((1, 3, HEIGHT, padded), np.float32)
    batch[..., :new_width] = cv2.dnn.blobFromImage(
        to_rgb(resized), 1 / 127.5, mean=(127.5, 127.5, 127.5), swapRB=True
    )
    return batch, new_width / padded
