"""Detection of a page's language: PP-OCR's text is believed if it looks like a language.

PP-OCR takes Russian for Latin with high confidence. Where its text is implausible, Tesseract names
the page's script and recognizes a few lines in the likeliest ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from app.engines.paddleocr.heads.lookalikes import may_be_latin
from app.engines.paddleocr.heads.twin_words import script_of_twins
from app.engines.tesseract.request import ONE_BLOCK
from app.ocr.languages import Language, from_tag, language_of
from app.ocr.options import Options
from app.ocr.result import Page
from app.ocr.scripts import script_counts
from app.ocr.source.base import Pixels

from .language_id import identify

FALLBACK = "eng"
# The first of these that is installed represents its script.
REPRESENTATIVES = {
    "Latin": ("eng", "Latin", "script/Latin"),
    "Cyrillic": ("Cyrillic", "script/Cyrillic", "rus", "ukr", "bul", "srp"),
    "Greek": ("Greek", "script/Greek", "ell", "grc"),
    "Arabic": ("Arabic", "script/Arabic", "ara", "fas", "urd"),
    "Hebrew": ("Hebrew", "script/Hebrew", "heb"),
    "Devanagari": ("Devanagari", "script/Devanagari", "hin", "mar", "nep", "san"),
    "Hangul": ("Hangul", "script/Hangul", "kor"),
    "Thai": ("Thai", "script/Thai", "tha"),
    "Fraktur": ("Fraktur", "script/Fraktur", "deu_latf", "frk"),
}
# Read as Latin, these yield as many letters, so their own reading must be surer by this much.
HEADSTART = {"Cyrillic": 0.05, "Greek": 0.05, "Fraktur": 0.02}
DISTINCT = ("Arabic", "Hangul", "Devanagari", "Thai", "Hebrew")
# No other script's reading of a page was measured to reach this.
SURE_EVIDENCE = 0.8
LEAST_EVIDENCE = 0.6
# Scripts tried when Tesseract named one, so that the search costs no more than the page.
MOST_TRIED = 3
# By how much the reading of another language of the same script must be surer.
SISTER_LEAD = 0.03
# A reading with this evidence needs no second opinion.
CONVINCING = 0.4
# PP-OCR reads German Fraktur, though never as surely as roman type.
ROMAN_CONFIDENCE = 0.975
# Below this PP-OCR sees that the letters are none of its own.
FAMILIAR_CONFIDENCE = 0.75
# Plausibility of a text that is in none of the languages.
UNIDENTIFIED = 0.2


@dataclass(frozen=True, slots=True)
class Guess:
    """evidence: 0-1, how sure and how plausible a reading in the language is."""

    language: str
    evidence: float


class ScriptReader(Protocol):
    """What is asked of Tesseract."""

    def languages(self) -> tuple[str, ...]: ...

    def script(self, pixels: Pixels) -> str | None: ...

    def recognize(self, pixels: Pixels, options: Options) -> Page: ...


def judge(page: Page, candidates: tuple[str, ...]) -> Guess:
    """How much a page that PP-OCR read looks like one of the candidates."""
    if script_of_twins(page.text):
        return Guess(FALLBACK, 0.0)
    found = identify(page.text, candidates) or (FALLBACK, 0.0)
    plausible = UNIDENTIFIED + (1 - UNIDENTIFIED) * found[1]
    share = script_share(page.text, ("Latin", "Han", "Kana"))
    return Guess(found[0], share * page.confidence**2 * plausible)


def needs_second_opinion(first: Guess, page: Page) -> bool:
    return first.evidence < CONVINCING or may_be_fraktur(first, page)


def may_be_fraktur(first: Guess, page: Page) -> bool:
    return first.language == "deu" and page.confidence < ROMAN_CONFIDENCE


def guess_by_tesseract(
    tesseract: ScriptReader, pixels: Pixels, sample: Pixels, first: Page
) -> str | None:
    """The language of the script in which a page is read best, or None if PP-OCR reads it best.

    pixels: the prepared page; sample: some of its lines; first: what PP-OCR read.
    """
    named = tesseract.script(pixels)
    if named == "Latin":
        return None
    best, script = Guess(FALLBACK, 0.0), "Latin"
    for candidate in _candidates(named, first):
        guess = _read_in(tesseract, candidate, sample)
        if guess.evidence > best.evidence:
            best, script = guess, candidate
        if guess.evidence >= SURE_EVIDENCE:
            break
    if best.evidence < LEAST_EVIDENCE:
        return None
    if not (script in DISTINCT and best.evidence >= SURE_EVIDENCE):
        latin = _read_in(tesseract, "Latin", sample)
        if best.evidence < latin.evidence + HEADSTART.get(script, max(HEADSTART.values())):
            return None
    return _surest_sister(tesseract, best, script, sample)


def _candidates(named: str | None, first: Page) -> Iterator[str]:
    """Likeliest scripts first: the one that Tesseract named, those that PP-OCR saw, then those that
    fit PP-OCR's confidence."""
    seen = [script for script, _ in script_counts(first.text).most_common()]
    familiar = first.confidence >= FAMILIAR_CONFIDENCE
    usual = (*HEADSTART, *DISTINCT) if familiar else (*DISTINCT, *HEADSTART)
    likely = dict.fromkeys([named, *seen, *usual])
    out = {"Latin"} if first.confidence < ROMAN_CONFIDENCE else {"Latin", "Fraktur"}
    known = [each for each in likely if each in REPRESENTATIVES and each not in out]
    yield from known[: MOST_TRIED if named else None]


def _read_in(tesseract: ScriptReader, script: str, sample: Pixels) -> Guess:
    """The best language of the script for the sample, and how well its script was read.

    A few words that may as well be Latin, such as Taxi, are no evidence of another script.
    """
    installed = tesseract.languages()
    reader = _reader_of(script, installed)
    if reader is None:
        return Guess(FALLBACK, 0.0)
    text, evidence = _reading(tesseract, reader, script, sample)
    if may_be_latin(text, script):
        return Guess(reader, 0.0)
    candidates = tuple(code for code in installed if language_of(code).script == script)
    language, _ = identify(text, candidates) or (reader, 0.0)
    return Guess(language, evidence)


def _reader_of(script: str, installed: tuple[str, ...]) -> str | None:
    return next((name for name in REPRESENTATIVES[script] if name in installed), None)


def _is_modern(language: Language) -> bool:
    """Whether ISO 639-1 has a code of two letters for it, as for languages of today.

    Models of classical languages are left out: they read the modern one with equal confidence.
    """
    return len(language.tag.partition("-")[0]) == 2 and from_tag(language.tag) == language.code


def _surest_sister(tesseract: ScriptReader, best: Guess, script: str, sample: Pixels) -> str:
    """The language of the script that reads the sample most confidently.

    A language model turns the letters of a sister language into its own: a Ukrainian page read as
    Russian also identifies as Russian.
    """
    known = map(language_of, tesseract.languages())
    sisters = [each.code for each in known if each.script == script and _is_modern(each)]
    evidence = {best.language: best.evidence}
    for code in sorted(sisters, key=lambda each: _rank(each, script))[:MOST_TRIED]:
        if code not in evidence:
            evidence[code] = _reading(tesseract, code, script, sample)[1] - SISTER_LEAD
    return max(evidence, key=evidence.__getitem__)


def _rank(code: str, script: str) -> int:
    usual = REPRESENTATIVES[script]
    return usual.index(code) if code in usual else len(usual)


def _reading(
    tesseract: ScriptReader, language: str, script: str, sample: Pixels
) -> tuple[str, float]:
    """The text of the sample, and the confidence (0-1) that it is in the script."""
    page = tesseract.recognize(sample, Options(languages=(language,), psm=ONE_BLOCK))
    letters = ("Latin",) if script == "Fraktur" else (script,)
    return page.text, page.confidence * script_share(page.text, letters)


def script_share(text: str, scripts: tuple[str, ...]) -> float:
    """Share (0-1) of the letters that are in the scripts; 0 for a text without letters."""
    counts = script_counts(text)
    total = counts.total()
    return sum(counts[each] for each in scripts) / total if total else 0.0
