"""Check of the fonts of a PDF's text layer against the letters that they draw, on a few lines.

No line is read where neither the shapes of the letters nor the language cast doubt on a font.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from statistics import median

from app.ocr.languages import known_languages
from app.ocr.result import Bbox
from app.ocr.scripts import script_counts
from app.ocr.source.base import Pixels
from app.ocr.source.text_layer import FontSample, TextLayer

from .auto.language_id import identify

# Sound fonts stay below this, except those that draw capitals for small letters.
SUSPICIOUS = 0.1
# A font with fewer letters proves nothing: bullets, a page number, a formula.
LEAST_LETTERS = 8
# fastText is surer than this of nearly every real text with at least this many letters.
LEAST_LANGUAGE = 0.2
LANGUAGE_LETTERS = 60
# Least similarity of the text read and the layer's; a quick reading has some mistakes itself.
SAME = 0.6
MARGIN = 6

# Of words with odd characters: most fonts checked, words read of each, and least words legible.
ODD_FONTS = 3
ODD_WORDS = 4
LEAST_VERDICTS = 2

# Text, box and odd characters.
OddWord = tuple[str, Bbox, str]
# Text of a picture of one line in the given script, or None if no reader here knows the script.
ReadLine = Callable[[Pixels, str], str | None]
CutPart = Callable[[Bbox], Pixels]


def wrong_fonts(layer: TextLayer, cut: CutPart, read: ReadLine) -> frozenset[int]:
    """Numbers of the fonts whose letters differ from those that they draw."""
    return frozenset(
        sample.font
        for sample in layer.fonts
        if _is_doubtful(sample) and _is_wrong(sample, cut, read)
    )


def wrong_odd_fonts(layer: TextLayer, cut: CutPart, read: ReadLine) -> frozenset[int]:
    """Numbers of the fonts whose odd characters differ from those that they draw."""
    by_font: dict[int, list[OddWord]] = {}
    for line in layer.odd_lines:
        if len(line.fonts) == 1:
            by_font.setdefault(next(iter(line.fonts)), []).extend(line.words)
    return frozenset(
        font
        for font, words in sorted(by_font.items())[:ODD_FONTS]
        if _are_misnamed(sorted(words, key=_distinct), cut, read)
    )


def _distinct(word: OddWord) -> tuple[bool, int]:
    """Sort key: words whose odd letters occur only once come first, then long words."""
    text, _, odd = word
    plain = folded(text)
    return any(plain.count(letter) > 1 for letter in folded(odd)), -len(text)


def _are_misnamed(words: Sequence[OddWord], cut: CutPart, read: ReadLine) -> bool:
    """Whether most of the words are read without their odd characters, accents left out."""
    verdicts = []
    for text, box, odd in words[:ODD_WORDS]:
        script = next(iter(dict(script_counts(text).most_common(1))), "Latin")
        found = read(cut(_grown(box)), script)
        if found and folded(found):
            seen = unicodedata.normalize("NFKD", found).casefold()
            wanted = unicodedata.normalize("NFKD", odd).casefold()
            verdicts.append(not any(each in seen for each in wanted if not _is_mark(each)))
    return len(verdicts) >= LEAST_VERDICTS and 2 * sum(verdicts) > len(verdicts)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) == "Mn"


def _is_doubtful(sample: FontSample) -> bool:
    if sample.letters < LEAST_LETTERS:
        return False
    return sample.suspicion > SUSPICIOUS or not _is_language(" ".join(sample.texts))


def _is_language(text: str) -> bool:
    words = "".join(character if character.isalpha() else " " for character in text)
    if sum(map(str.isalpha, words)) < LANGUAGE_LETTERS:
        return True
    found = identify(words.lower(), tuple(language.code for language in known_languages()))
    return found is None or found[1] >= LEAST_LANGUAGE


def _is_wrong(sample: FontSample, cut: CutPart, read: ReadLine) -> bool:
    """Whether the font's lines are read as other text; a line that yields no text is ignored."""
    similarities = []
    for text, box in zip(sample.texts, sample.boxes, strict=True):
        script = next(iter(dict(script_counts(text).most_common(1))), "Latin")
        found = read(cut(_grown(box)), script)
        seen, said = folded(found or ""), folded(text)
        if seen and said:
            similarities.append(SequenceMatcher(None, said, seen, autojunk=False).ratio())
    return bool(similarities) and median(similarities) < SAME


def folded(text: str) -> str:
    """Letters and digits only, without case and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def _grown(box: Bbox) -> Bbox:
    return Bbox(box.left - MARGIN, box.top - MARGIN, box.right + MARGIN, box.bottom + MARGIN)
