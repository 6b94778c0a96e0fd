"""Load the line recognizers of an engine."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.engines.runtime.onnx import Floats, Network, Runtime

from .cascade import CascadeReader
from .heads.reader import ScriptReader
from .heads.symbols import SymbolReader
from .heads.trunk import SharedTrunk
from .models import ModelFiles
from .published.reader import PublishedReader
from .recognition import ReadLine, line_reader

# Number of lines whose features are kept: those that usually show which end of a page is up.
RECENT_LINES = 3


@dataclass(frozen=True, slots=True)
class LineReaders:
    """line: uses every network that is installed. quick: uses the smallest alone. scripts: uses the
    heads of further scripts, None without them."""

    line: ReadLine
    quick: ReadLine
    scripts: ScriptReader | None = None


def load_readers(
    runtime: Runtime,
    models: ModelFiles,
    quick: ModelFiles | None,
    trunk_file: Path | None,
    published: dict[str, Path],
) -> LineReaders:
    """quick: a smaller model that goes first; trunk_file: the recognizer that the heads of further
    scripts belong to, None without them; published: fetched recognizers by language."""
    trunk = SharedTrunk(trunk_file, runtime) if trunk_file else None
    shared = trunk if trunk_file == models.recognizer else None
    full = line_reader(models, runtime, shared)
    reader: ReadLine = full
    smallest: ReadLine = full
    if quick:
        quick_reader = line_reader(quick, runtime)
        quick_reader.network = RecentFeatures(quick_reader.network)
        smallest = quick_reader
        reader = CascadeReader(smallest, full.at_full_width(), full)
    symbols = SymbolReader(shared, runtime) if shared else None
    scripts = ScriptReader(reader, trunk, runtime, symbols) if trunk else None
    reader = scripts or reader
    if published:
        reader = PublishedReader(reader, published, runtime)
    return LineReaders(reader, smallest, scripts)


class RecentFeatures:
    """A network that keeps the features of its latest batches.

    The lines that show a page's direction are read again with the whole page.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self.recent: deque[tuple[Floats, Floats]] = deque(maxlen=RECENT_LINES)

    def __call__(self, batch: Floats) -> Floats:
        for known, features in tuple(self.recent):
            if np.array_equal(known, batch):
                return features
        features = self.network(batch)
        self.recent.append((batch, features))
        return features

    def metadata(self, key: str) -> str:
        return self.network.metadata(key)
