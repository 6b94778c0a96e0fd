"""The script of a page, by the heads that read a sample of its lines most confidently."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from app.ocr.languages import AUTO
from app.ocr.options import Options
from app.ocr.scripts import script_counts
from app.ocr.source.base import Pixels

from .lookalikes import PAIRS, may_be_latin
from .order import written_text
from .reader import Reading, ScriptReader, confidence_of
from .twin_words import script_of_twins

# Share of the lines that one script must have.
MOST = 0.5
# This many letters or fewer prove nothing if each has the shape of a Latin one.
FEW_LETTERS = 2
# By how much less sure a Latin reading may be and still win: where all letters of the word exist in
# both scripts, and where not.
TWINS_LEAD, EQUALLY_SURE = 0.02, 0.005


@dataclass(frozen=True, slots=True)
class FoundScript:
    """confidence: 0-1, mean of the lines in it; text: of these lines."""

    script: str
    confidence: float
    text: str


def find_script(reader: ScriptReader, lines: list[Pixels]) -> FoundScript | None:
    """None unless most lines are in the script of one head. Costs two passes through the trunk
    per line, whatever is installed."""
    found: dict[str, list[Reading]] = defaultdict(list)
    for line in lines:
        reading = reader.surest(line, stretched=True)
        if reading and not _tells_nothing(reading) and not _is_latin(reader, line, reading):
            found[reading.script].append(reading)
    if not found:
        return None
    readings = max(found.values(), key=lambda each: sum(one.confidence for one in each))
    if len(readings) < MOST * len(lines):
        return None
    text = "\n".join(written_text(each.text) for each in readings)
    sure = sum(each.confidence for each in readings) / len(readings)
    return FoundScript(readings[0].script, sure, text)


def _tells_nothing(reading: Reading) -> bool:
    few = sum(map(str.isalpha, reading.text)) <= FEW_LETTERS
    return few and may_be_latin(reading.text, reading.script)


def _is_latin(reader: ScriptReader, line: Pixels, reading: Reading) -> bool:
    """Whether a line such as Taxi or COMETA is in Latin letters, though a head reads Тахі.

    The packaged recognizer is less sure where it reads letters of another script as Latin.
    Words such as Касса, whose letters all look Latin, are decided by a list of words.
    """
    if reading.script not in PAIRS or script_of_twins(reading.text) == reading.script:
        return False
    packaged = reader.packaged(line, Options(languages=(AUTO,)))
    scripts = script_counts("".join(each.text for each in packaged))
    if not scripts or scripts.total() > scripts["Latin"]:
        return False
    margin = TWINS_LEAD if may_be_latin(reading.text, reading.script) else EQUALLY_SURE
    return confidence_of(packaged) >= reading.confidence - margin
