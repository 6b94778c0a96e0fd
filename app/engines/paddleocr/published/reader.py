"""Read lines with fetched recognizers of single scripts, beside the packaged one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.engines.paddleocr.ctc import Character
from app.engines.paddleocr.heads.reader import confidence_of
from app.engines.paddleocr.models import ModelFiles
from app.engines.paddleocr.recognition import (
    Finish,
    LineReader,
    ReadLine,
    Result,
    each_line,
    line_reader,
    read_lines,
)
from app.engines.runtime.onnx import Runtime
from app.ocr.languages import AUTO
from app.ocr.options import Options
from app.ocr.source.base import Pixels


class PublishedReader:
    """rest: reads the lines in all other languages. files: by language; loaded when first used."""

    def __init__(self, rest: ReadLine, files: dict[str, Path], runtime: Runtime) -> None:
        self.rest = rest
        self.files = files
        self.runtime = runtime
        self.loaded: dict[Path, LineReader] = {}

    def __call__(self, line: Pixels, options: Options) -> list[Character]:
        """As LineReader; the surest reading where several recognizers have the languages."""
        known = [code for code in options.languages if code in self.files]
        # Letters are limited by language in the packaged recognizer's alphabet only.
        free = replace(options, languages=(AUTO,))
        files = dict.fromkeys(self.files[code] for code in known)
        readings = [self._reader(file)(line, free) for file in files]
        if len(known) < len(options.languages) or not readings:
            readings.append(self.rest(line, options))
        return max(readings, key=confidence_of)

    def read_page(
        self, lines: list[Pixels], options: Options, finish: Finish[Result]
    ) -> list[Result]:
        """As ReadsPages."""
        if self.files.keys().isdisjoint(options.languages):
            return read_lines(self.rest, lines, options, finish)
        return each_line(lambda at: finish(at, self(lines[at], options)), lines)

    def _reader(self, file: Path) -> LineReader:
        if file not in self.loaded:
            self.loaded[file] = line_reader(ModelFiles(file, file), self.runtime)
        return self.loaded[file]
