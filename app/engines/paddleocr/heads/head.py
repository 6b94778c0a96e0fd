"""One script's recognizer: features of the shared trunk in, characters out."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.engines.paddleocr.ctc import Character, Classes, best_of, decoded
from app.engines.runtime.onnx import Floats, Runtime

from .alphabets import letters_of


class Head:
    """stretch: what a line is made wider by before it enters the trunk."""

    def __init__(self, path: Path, runtime: Runtime) -> None:
        self.network = runtime.load(path)
        self.characters = ["", *self.network.metadata("character").split("\n"), " "]
        self.stretch = float(self.network.metadata("stretch"))
        letters = (each for each in self.characters if each.isalpha() and not each.isascii())
        self.own = frozenset(letters)
        # Kept for the next line; a page has the same options in all lines.
        self.allowed: dict[tuple[tuple[str, ...], str], Classes | None] = {}

    def __call__(
        self,
        features: Floats,
        used: float,
        languages: tuple[str, ...] = (),
        whitelist: str = "",
    ) -> list[Character]:
        """Characters in the order in which they are seen.

        used: the share of the features that is no padding. Only letters of the languages come, if
        these are given, and of the whitelist.
        """
        key = languages, whitelist
        if key not in self.allowed:
            self.allowed = {key: self._allowed(languages, whitelist)}
        best = best_of(self.network(features)[0], self.allowed[key])
        return decoded(best, self.characters, used)

    def own_share(self, line: list[Character]) -> float:
        """Share (0-1) of the letters that only this script has; 0 for a line without letters."""
        letters = [each.text for each in line if each.text.isalpha()]
        return sum(each in self.own for each in letters) / len(letters) if letters else 0.0

    def _allowed(self, languages: tuple[str, ...], whitelist: str) -> Classes | None:
        """Numbers of the classes that may come, rising; None if all may."""
        letters = letters_of(languages)
        if not whitelist and letters is None:
            return None
        wanted = set(whitelist or self.characters) | {"", " "}
        if letters is not None:
            wanted -= self.own - letters
        return np.flatnonzero([each in wanted for each in self.characters])
