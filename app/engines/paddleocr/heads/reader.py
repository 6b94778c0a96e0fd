"""Read lines in any script, by the packaged recognizer or the head of the requested language."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean

from app.engines.paddleocr.ctc import Character
from app.engines.paddleocr.recognition import (
    Finish,
    ReadLine,
    Result,
    each_line,
    normalized,
    read_lines,
)
from app.engines.runtime.onnx import Runtime
from app.ocr.languages import AUTO
from app.ocr.options import Options
from app.ocr.source.base import Pixels

from .alphabets import is_polytonic
from .catalog import LANGUAGES, LATIN, head_file, scripts_of
from .head import Head
from .lookalikes import may_be_latin, settled
from .symbols import SymbolReader
from .trunk import SharedTrunk

# A line of unknown language goes to a head only if the packaged recognizer is less sure than
# FAMILIAR, and the head is surer than it by LEAD and at least SURE, with a share of MOSTLY of its
# letters in its own script.
FAMILIAR = 0.8
LEAD = 0.1
SURE = 0.75
MOSTLY = 0.6
# A wheel or a shadow in a photo can look like a letter of some script. Only real text has two or
# three letters with this confidence (docs/benchmarks.md). A Korean syllable counts as two.
FEW_LETTERS, SURE_OF_FEW = 3, 0.95
# Least number of characters of a line, divided by its ratio of width to height.
LEAST_DENSITY = 0.3


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as the head of a script reads it. own: share of its letters in that script."""

    script: str
    characters: list[Character]
    own: float

    @property
    def confidence(self) -> float:
        return confidence_of(self.characters)

    @property
    def text(self) -> str:
        return "".join(character.text for character in self.characters)


class ScriptReader:
    def __init__(
        self, packaged: ReadLine, trunk: SharedTrunk, runtime: Runtime, symbols: SymbolReader | None
    ) -> None:
        """symbols: None if the packaged recognizer does not use the trunk, to save memory."""
        self.packaged = packaged
        self.symbols = symbols
        self.trunk = trunk
        self.runtime = runtime
        self.heads: dict[str, Head] = {}

    def __call__(self, line: Pixels, options: Options) -> list[Character]:
        """As LineReader, with the characters in visual order."""
        scripts = scripts_of(options.languages)
        if not scripts:
            read = self._with_symbols(line, self.packaged(line, options), options)
            unknown = AUTO in options.languages and not options.whitelist
            return self._if_foreign(line, read) if unknown else read
        best = max(
            (self.read(line, script, options) for script in scripts),
            key=lambda reading: reading.confidence,
        )
        if best.own > 0 or not best.characters:
            return best.characters
        # Without a letter of the head's own script the line may as well be Latin, or a number.
        packaged = self.packaged(line, options)
        return max(best.characters, packaged, key=confidence_of)

    def read_page(
        self, lines: list[Pixels], options: Options, finish: Finish[Result]
    ) -> list[Result]:
        """As ReadsPages."""
        if scripts_of(options.languages):
            return each_line(lambda at: finish(at, self(lines[at], options)), lines)
        unknown = AUTO in options.languages and not options.whitelist

        def completed(at: int, read: list[Character]) -> Result:
            read = self._with_symbols(lines[at], read, options)
            return finish(at, self._if_foreign(lines[at], read) if unknown else read)

        return read_lines(self.packaged, lines, options, completed)

    def _with_symbols(
        self, line: Pixels, read: list[Character], options: Options
    ) -> list[Character]:
        if self.symbols is None or options.whitelist:
            return read
        return self.symbols(line, read, options.languages)

    def read(self, line: Pixels, script: str, options: Options | None = None) -> Reading:
        """options: whose languages and whitelist limit the letters."""
        head = self._head(script)
        batch, used = normalized(line, head.stretch, self.runtime)
        features = self.trunk(batch)
        asked = options.languages if options else ()
        languages = tuple(code for code in asked if code in LANGUAGES[script] and code != "ell")
        whitelist = options.whitelist if options else ""
        seen = head(features, used, languages, whitelist)
        if script == "Greek" and not is_polytonic("".join(each.text for each in seen)):
            seen = head(features, used, ("ell",), whitelist)
        characters = settled(seen, script)
        return Reading(script, characters, head.own_share(characters))

    def surest(self, line: Pixels, *, stretched: bool) -> Reading | None:
        """Reading of the head that is surest that the line is in its script; None if none is sure.

        stretched: include the heads that need a separate pass through the trunk.
        """
        readings = [
            self.read(line, script)
            for script in LANGUAGES
            if script not in LATIN and (stretched or self._head(script).stretch == 1.0)
        ]
        likely = [each for each in readings if each.own >= MOSTLY and _is_sure(each)]
        return max(likely, key=lambda reading: reading.confidence, default=None)

    def _if_foreign(self, line: Pixels, packaged: list[Character]) -> list[Character]:
        """A head's reading of a line in another script, such as a quotation; else packaged."""
        known = 0.0 if _is_sparse(packaged, line) else confidence_of(packaged)
        if known >= FAMILIAR:
            return packaged
        found = self.surest(line, stretched=False)
        if found is None or found.confidence < known + LEAD:
            return packaged
        # A single letter or a short word may as well be Latin, which is more common.
        return packaged if packaged and may_be_latin(found.text, found.script) else found.characters

    def _head(self, script: str) -> Head:
        if script not in self.heads:
            self.heads[script] = Head(head_file(script), self.runtime)
        return self.heads[script]


def _is_sure(reading: Reading) -> bool:
    text = reading.text
    letters = sum(map(str.isalpha, text)) + sum("가" <= each <= "힣" for each in text)
    if letters < 2:
        return False
    return reading.confidence >= (SURE if letters > FEW_LETTERS else SURE_OF_FEW)


def _is_sparse(read: list[Character], line: Pixels) -> bool:
    """Whether too little was read: of unknown letters PP-OCR sees only spaces and full stops."""
    height, width = line.shape[:2]
    expected: float = LEAST_DENSITY * width / height
    return sum(not each.text.isspace() for each in read) < expected


def confidence_of(line: list[Character]) -> float:
    return fmean(each.confidence for each in line) if line else 0.0
