"""Letters of the same shape in two scripts, put into one script word by word.

The word's other letters decide, or those of the line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.engines.paddleocr.ctc import Character
from app.ocr.scripts import script_counts

LATIN_AND_CYRILLIC = (
    "ABCEHIJKMOPSTXYaceijopsxyhb",
    "АВСЕНІЈКМОРЅТХУасеіјорѕхуһЬ",
)
LATIN_AND_GREEK = ("ABEZHIKMNOPTYXov", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧον")
LATIN_AND_ARMENIAN = ("LOSUghnoqu", "ԼՕՏՍցհոօզս")
PAIRS = {
    "Cyrillic": LATIN_AND_CYRILLIC,
    "Greek": LATIN_AND_GREEK,
    "Armenian": LATIN_AND_ARMENIAN,
}


@dataclass(frozen=True, slots=True)
class _Twins:
    """to_own, to_latin: what a letter becomes in the other script."""

    to_own: dict[str, str]
    to_latin: dict[str, str]

    @classmethod
    def of(cls, script: str) -> _Twins:
        latin, own = PAIRS[script]
        pairs = list(zip(latin, own, strict=True))
        return cls(dict(pairs), {each: other for other, each in pairs})


TWINS = {script: _Twins.of(script) for script in PAIRS}


def may_be_latin(text: str, script: str) -> bool:
    """Whether each letter of the script in the text has the shape of a Latin one: Техі, Taxi."""
    twins = TWINS.get(script)
    own = [each for each in text if each.isalpha()]
    return twins is not None and all(each in twins.to_latin for each in own)


def in_own_letters(text: str, script: str) -> str:
    """The text with Latin letters replaced by those of the script that have their shape."""
    twins = TWINS[script]
    return "".join(twins.to_own.get(each, each) for each in text)


def settled(line: list[Character], script: str) -> list[Character]:
    """The line with each word's letters in one script."""
    twins = TWINS.get(script)
    if twins is None:
        return line
    mostly_own = _own_lead("".join(each.text for each in line), script, twins) >= 0
    found: list[Character] = []
    word: list[Character] = []
    for character in [*line, Character(" ", 1.0, 1.0)]:
        if character.text.isspace():
            found += _settled_word(word, script, twins, mostly_own=mostly_own)
            found.append(character)
            word = []
        else:
            word.append(character)
    return found[:-1]


def _settled_word(
    word: list[Character], script: str, twins: _Twins, *, mostly_own: bool
) -> list[Character]:
    text = "".join(each.text for each in word)
    scripts = script_counts(text)
    if not scripts:
        return word
    lead = _own_lead(text, script, twins)
    if lead == 0 and len(scripts) == 1 and sum(scripts.values()) == 1:
        return word  # a single letter may be either, such as the x of a size
    own = lead > 0 if lead else mostly_own
    table = twins.to_own if own else twins.to_latin
    return [replace(each, text=table.get(each.text, each.text)) for each in word]


def _own_lead(text: str, script: str, twins: _Twins) -> int:
    """Number of letters that only the script has, minus those that only Latin has."""
    sure = "".join(each for each in text if each not in twins.to_own and each not in twins.to_latin)
    scripts = script_counts(sure)
    return scripts[script] - scripts["Latin"]
