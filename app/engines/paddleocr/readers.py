"""Load the line recognizers of an engine."""

from __future__ import annotations

from collections import deque
from copy import copy
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.engines.runtime.onnx import Floats, Network, Runtime

from .cascade import CascadeReader
from .heads.handwriting import HandwritingClassifier
from .heads.reader import ScriptReader
from .heads.symbols import SymbolReader
from .heads.trunk import SharedTrunk
from .models import ModelFiles
from .published.reader import PublishedReader
from .recognition import LineReader, ReadLine, line_reader

# Number of lines that usually show which end of a page is up.
KEPT_LINES = 3


@dataclass(frozen=True, slots=True)
class LineReaders:
    """line: uses every network that is installed. quick: uses the smallest alone. early: as quick,
    for lines that show a page's direction: they are not computed again when the page is read.
    scripts: uses the heads of further scripts, None without them. is_handwritten: None where the
    packaged recognizer does not use the trunk, to save memory."""

    line: ReadLine
    quick: ReadLine
    early: ReadLine
    scripts: ScriptReader | None = None
    is_handwritten: HandwritingClassifier | None = None


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
    smallest = line_reader(quick, runtime) if quick else full
    early = early_reader(smallest)
    reader: ReadLine = full
    if quick:
        reader = CascadeReader(smallest, full.at_full_width(), full)
    symbols = SymbolReader(shared, runtime) if shared else None
    scripts = ScriptReader(reader, trunk, runtime, symbols) if trunk else None
    reader = scripts or reader
    if published:
        reader = PublishedReader(reader, published, runtime)
    is_handwritten = HandwritingClassifier(shared, runtime) if shared else None
    return LineReaders(reader, smallest, early, scripts, is_handwritten)


def early_reader(reader: LineReader) -> LineReader:
    """A copy of the reader, which from now on uses what the copy computed of its latest lines."""
    early = copy(reader)
    early.network = kept = KeptFeatures(reader.network)
    reader.network = KnownFeatures(reader.network, kept)
    return early


class KeptFeatures:
    """A network that keeps the features of its latest batches."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.latest: deque[tuple[Floats, Floats]] = deque(maxlen=KEPT_LINES)

    def __call__(self, batch: Floats) -> Floats:
        features = self.network(batch)
        self.latest.append((batch, features))
        return features

    def metadata(self, key: str) -> str:
        return self.network.metadata(key)


class KnownFeatures:
    """A network that need not compute the batches that are kept."""

    def __init__(self, network: Network, kept: KeptFeatures) -> None:
        self.network = network
        self.kept = kept

    def __call__(self, batch: Floats) -> Floats:
        for known, features in tuple(self.kept.latest):
            if np.array_equal(known, batch):
                return features
        return self.network(batch)

    def metadata(self, key: str) -> str:
        return self.network.metadata(key)
