"""Characters that recognizers confuse: %o for ‰, ∥ for //, Greek letters within Latin words
(Bill Tα)."""

from __future__ import annotations

import re
from dataclasses import replace

from app.ocr.languages import language_of
from app.ocr.result import Line, Page
from app.ocr.scripts import script_of

# Most pages have none of these characters.
SUSPECT = re.compile("%[o0]|∥|[\u0370-\u03ff]")
# Two slashes, of an address or of code; alone it is the symbol for parallel lines, or for a norm.
BARS = re.compile("∥/|(?<=:)∥")
PER_MILLE = re.compile(r"(\W*\d[\d.,]*)?%[o0](\W*)")
NUMBER = re.compile(r"\W*\d[\d.,]*")
# Runs of letters, and the Greek ones that look like Latin letters.
LETTERS = re.compile(r"[^\W\d_]+")
# A word of this many letters, most of them and the last one Latin, is not part of a formula (sinα).
LEAST_WORD, MOSTLY_LATIN = 5, 0.75
TWINS = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυ", "ABEZHIKMNOPTYXaikvoptu")


def with_substitutes_settled(page: Page) -> Page:
    """The page with the same words and boxes."""
    if not SUSPECT.search(page.text):
        return page
    greek = any(language_of(code).script == "Greek" for code in page.languages) or any(
        _is_greek(run) for line in page.lines for run in LETTERS.findall(line.text)
    )

    def line(old: Line) -> Line:
        words = _with_per_mille([word.text for word in old.words])
        words = [BARS.sub("//", word) for word in words]
        settle = _word_in_latin_letters if greek else _in_latin_letters
        words = [LETTERS.sub(settle, word) for word in words]
        changed = (replace(word, text=text) for word, text in zip(old.words, words, strict=True))
        return replace(old, words=tuple(changed))

    return replace(page, blocks=tuple(block.map_lines(line) for block in page.blocks))


def _with_per_mille(words: list[str]) -> list[str]:
    """Only after a number: %o alone is a format code of programs."""
    found = []
    for at, word in enumerate(words):
        match = PER_MILLE.fullmatch(word)
        behind = at > 0 and NUMBER.fullmatch(words[at - 1])
        is_meant = match and (match[1] or behind)
        found.append(f"{match[1] or ''}‰{match[2]}" if match and is_meant else word)
    return found


def _is_greek(run: str) -> bool:
    """Whether a run is a Greek word, such as the α of a formula, or has Greek letters that look
    like no Latin one."""
    scripts = {script_of(letter) for letter in run}
    if "Greek" not in scripts:
        return False
    return "Latin" not in scripts or any(
        script_of(letter) == "Greek" for letter in run.translate(TWINS)
    )


def _in_latin_letters(run: re.Match[str]) -> str:
    scripts = {script_of(letter) for letter in run[0]}
    return run[0].translate(TWINS) if {"Latin", "Greek"} <= scripts else run[0]


def _word_in_latin_letters(run: re.Match[str]) -> str:
    """On a page that has Greek letters as well."""
    latin = sum(script_of(letter) == "Latin" for letter in run[0])
    is_word = len(run[0]) >= LEAST_WORD and script_of(run[0][-1]) == "Latin"
    is_word = is_word and latin >= MOSTLY_LATIN * len(run[0])
    return _in_latin_letters(run) if is_word else run[0]
