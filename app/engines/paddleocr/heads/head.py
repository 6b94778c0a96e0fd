"""One script's recognizer: features of the shared trunk in, characters out."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.engines.paddleocr.ctc import Character, Classes, best_of, decoded
from app.engines.runtime.onnx import Floats, Runtime

from .alphabets import letters_of


class Head:
    """stretch: factor by which a line is widened before it enters the trunk."""

    def __init__(self, path: Path, runtime: Runtime) -> None:
        self.network = runtime.load(path, light=True)
        self.characters = ["", *self.network.metadata("character").split("\n"), " "]
        self.stretch = float(self.network.metadata("stretch"))
        letters = (each for each in self.characters if each.isalpha() and not each.isascii())
        self.own = frozenset(letters)
        # Kept for the next line: all lines of a page have the same options.
        self.allowed: dict[tuple[tuple[str, ...], str], Classes | None] = {}

    def __call__(
        self,
        features: Floats,
        used: float,
        languages: tuple[str, ...] = (),
        whitelist: str = "",
    ) -> list[Character]:
        """Characters in visual order, from left to right.

        used: the share of the features that is not padding. languages, whitelist: if given, they
        limit the script's letters and all characters.
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
        """Indices of the allowed classes, ascending; None if all are allowed."""
        letters = letters_of(languages)
        if not whitelist and letters is None:
            return None
        wanted = set(whitelist or self.characters) | {"", " "}
        if letters is not None:
            wanted -= self.own - letters
        return np.flatnonzero([each in wanted for each in self.characters])
