"""The recognizers of lines that an engine of some size has, loaded."""

from __future__ import annotations

from pathlib import Path

from app.engines.runtime.onnx import Runtime

from .cascade import CascadeReader
from .heads.reader import ScriptReader
from .heads.trunk import SharedTrunk
from .models import ModelFiles
from .published.reader import PublishedReader
from .recognition import ReadLine, line_reader


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
    shared = trunk if trunk_file == models.recognizer else None
    reader: ReadLine = line_reader(models, runtime, shared)
    if quick:
        reader = CascadeReader(line_reader(quick, runtime), reader)
    if trunk:
        reader = ScriptReader(reader, trunk, runtime)
    return PublishedReader(reader, published, runtime) if published else reader
