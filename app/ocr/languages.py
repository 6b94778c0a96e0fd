"""The one table of languages: Tesseract codes, BCP 47 tags, names and scripts (languages.tsv).

Columns of the table: code, English name, own name, script, BCP 47 tag, further tags and codes that
clients send for it (ISO 639-1, 639-2/B, 639-3, deprecated ones), separated by spaces.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

AUTO = "auto"
TABLE = Path(__file__).with_name("languages.tsv")


@dataclass(frozen=True, slots=True)
class Language:
    """script: as in app.ocr.scripts, plus "Fraktur" and "Japanese" (Han and Kana).

    tag: BCP 47, shared by variants such as jpn and jpn_vert; "" for script models.
    aliases: lower-case tags and codes that mean this language as well.
    """

    code: str
    name: str
    native_name: str
    script: str
    tag: str = ""
    aliases: tuple[str, ...] = ()


def language_of(code: str) -> Language:
    """The language of a code, even of a script model outside the table ("script/Latin")."""
    known = _table().get(code)
    if known:
        return known
    title = code.rpartition("/")[2].replace("_", " ")
    return Language(code, title, title, title if code[:1].isupper() or "/" in code else "Latin")


def known_languages() -> tuple[Language, ...]:
    return tuple(_table().values())


def from_tag(tag: str) -> str:
    """Tesseract's code for a tag or code: "de-AT" -> "deu", "ger" -> "deu", "deu" -> "deu".

    Trailing subtags that the table does not know are dropped. An unknown tag is returned unchanged,
    so that an error can name it.
    """
    code = tag.strip()
    if code in _table() or code == AUTO:
        return code
    subtags = code.lower().replace("_", "-").split("-")
    for count in range(len(subtags), 0, -1):
        found = _codes_by_tag().get("-".join(subtags[:count]))
        if found:
            return found
    return code


def to_tag(code: str) -> str | None:
    """The BCP 47 tag of a Tesseract code: "deu" -> "de"; None for script models."""
    return language_of(code).tag or None


def first_tag(codes: Iterable[str]) -> str | None:
    """The tag of the first of these languages that has one."""
    return next((tag for tag in map(to_tag, codes) if tag), None)


@cache
def _table() -> dict[str, Language]:
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines())
    return {
        code: Language(code, name, native_name, script, tag, tuple(aliases.split()))
        for code, name, native_name, script, tag, aliases in rows
    }


@cache
def _codes_by_tag() -> dict[str, str]:
    """Codes by lower-case tag, alias and code; a tag shared by several codes means the shortest."""
    codes: dict[str, str] = {}
    for language in sorted(known_languages(), key=lambda each: len(each.code)):
        for name in (language.tag, *language.aliases, language.code):
            codes.setdefault(name.lower().replace("_", "-"), language.code)
    return codes
