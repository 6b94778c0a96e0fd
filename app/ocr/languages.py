"""Names and writing systems of the languages, by Tesseract code (languages.tsv)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

AUTO = "auto"
TABLE = Path(__file__).with_name("languages.tsv")


@dataclass(frozen=True, slots=True)
class Language:
    """script: as in app.ocr.scripts, plus "Fraktur" and "Japanese" (Han and Kana).

    iso: ISO 639-1 code, or "" if it has none.
    """

    code: str
    name: str
    native_name: str
    script: str
    iso: str = ""


def language_of(code: str) -> Language:
    """Also for codes outside the table: script models such as "Fraktur" or "script/Latin"."""
    known = _table().get(code)
    if known:
        return known
    title = code.rpartition("/")[2].replace("_", " ")
    return Language(code, title, title, title if code[:1].isupper() or "/" in code else "Latin")


def known_languages() -> tuple[Language, ...]:
    return tuple(_table().values())


@cache
def _table() -> dict[str, Language]:
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines())
    return {row[0]: Language(*row) for row in rows}
