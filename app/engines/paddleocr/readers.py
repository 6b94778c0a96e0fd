"""The recognizers of lines that an engine of some size has, loaded."""

from __future__ import annotations

from pathlib import Path

from app.engines.runtime.onnx import Network, Runtime

from .cascade import CascadeReader
from .heads.reader import ScriptReader
from .heads.trunk import PackagedNetwork, SharedTrunk
from .models import ModelFiles
from .published.reader import PublishedReader
from .recognition import LineReader, ReadLine


def read_line_with(
    runtime: Runtime,
    models: ModelFiles,
    quick: ModelFiles | None,
    trunk_file: Path | None,
    published: dict[str, Path],
) -> ReadLine:
    """quick: a smaller model that goes first; trunk_file: what the heads of further scripts
    belong to, None without them; published: fetched recognizers by language."""
    trunk = SharedTrunk(trunk_file, runtime) if trunk_file else None
    network: Network
    if trunk and trunk_file == models.recognizer:
        network = PackagedNetwork(trunk, models.recognizer, runtime)
    else:
        network = runtime.load(models.recognizer)
    reader: ReadLine = LineReader(models, network, runtime.width_step)
    if quick:
        fast = LineReader(quick, runtime.load(quick.recognizer), runtime.width_step)
        reader = CascadeReader(fast, reader)
    if trunk:
        reader = ScriptReader(reader, trunk, runtime)
    return PublishedReader(reader, published, runtime) if published else reader
