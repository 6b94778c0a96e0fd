"""Write the words of other scripts that look like Latin letters but are no Latin words: Касса.

    python -m training.twin_words app/engines/paddleocr/heads/twin_words.txt

Words are wordfreq's, a line for each script. Its frequencies are logarithms (Zipf scale).
"""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import wordfreq

from app.engines.paddleocr.heads.lookalikes import TWINS

from .plausibility import LANGUAGES as LATIN

OWN = {"Cyrillic": ("ru", "uk", "bg", "mk", "sh"), "Greek": ("el",)}
WORDS = 30_000
# Shorter ones are abbreviations as often as words.
LETTERS = 4
# Frequency of a word, the most in any Latin language, and how much rarer it is there.
KNOWN, IN_LATIN, RARER = 3.2, 2.0, 2.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    target: Path = parser.parse_args().target
    lines = (" ".join([script, *sorted(set(_twin_words(script)))]) for script in OWN)
    target.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _twin_words(script: str) -> Iterator[str]:
    for language in OWN[script]:
        for word in wordfreq.top_n_list(language, WORDS):
            frequency = wordfreq.zipf_frequency(word, language)
            # Capitals go without accents.
            plain = _without_accents(word) if script == "Greek" else word
            latin = _in_latin_letters(plain, script)
            if len(word) < LETTERS or frequency < KNOWN or not latin:
                continue
            most = max(wordfreq.zipf_frequency(each, code) for each in latin for code in LATIN)
            if most <= min(IN_LATIN, frequency - RARER):
                yield plain


def _in_latin_letters(word: str, script: str) -> set[str]:
    """What its forms become that have nothing but letters of Latin shape, in small letters."""
    latin = TWINS[script].to_latin
    forms = (word, word.capitalize(), word.upper())
    return {
        "".join(latin[each] for each in form).lower()
        for form in forms
        if all(each in latin for each in form)
    }


def _without_accents(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return "".join(each for each in parts if unicodedata.category(each) != "Mn")


if __name__ == "__main__":
    main()
