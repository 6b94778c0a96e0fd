"""One table of languages: each code and tag means the same to pages and APIs."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from app.api.serializers.fields import LanguagesField
from app.compat.google_vision.annotation import first_tag as google_tag
from app.compat.ocr_space.options import Parameters
from app.compat.shared import languages as hints
from app.exports.xml import page_language
from app.ocr.languages import first_tag, from_tag, known_languages, language_of, to_tag
from app.ocr.options import parse_languages
from app.ocr.result import Page
from app.recognition.catalog import LanguageEntry

LANGUAGES = {language.code: language for language in known_languages()}
# Two writing directions or periods of a language share its tag, which means the plain one.
VARIANTS = {
    "chi_sim_vert": "chi_sim",
    "chi_tra_vert": "chi_tra",
    "deu_latf": "frk",
    "ita_old": "ita",
    "jpn_vert": "jpn",
    "kat_old": "kat",
    "kor_vert": "kor",
    "spa_old": "spa",
}


def test_names_in_the_table_are_unambiguous() -> None:
    names = [name for language in LANGUAGES.values() for name in language.aliases]
    names += [language.tag.lower() for code, language in LANGUAGES.items() if code not in VARIANTS]
    assert sorted(names) == sorted(set(names))
    codes = {code for code, language in LANGUAGES.items() if language.tag != code}
    assert codes & set(names) == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_tags_and_codes_of_all_languages_round_trip(code: str) -> None:
    language = LANGUAGES[code]
    assert to_tag(code) == language.tag
    assert from_tag(code) == code
    assert from_tag(language.tag) == VARIANTS.get(code, code)
    for alias in language.aliases:
        assert from_tag(alias) == from_tag(alias.upper()) == code


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_face_takes_and_answers_the_same(code: str) -> None:
    plain, tag = VARIANTS.get(code, code), LANGUAGES[code].tag
    entry = LanguageEntry(plain, plain, plain, ("tesseract",), "")
    with patch.object(hints.installed, "languages", return_value=(entry,)):
        assert hints.installed_languages([tag, "x-none"]) == (plain,)
    assert LanguagesField().to_internal_value(tag) == (plain,)
    assert LanguagesField().to_internal_value(code) == (code,)
    assert Parameters({"language": tag}).languages() == (plain,)
    assert parse_languages(f"{tag}+{code}") == tuple(dict.fromkeys((plain, code)))
    assert google_tag([code]) == first_tag([code]) == tag
    assert page_language(Page(1, 1, 1, languages=(code,))) == tag


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("de-AT", "deu"),
        ("pt_BR", "por"),
        ("zh", "chi_sim"),
        ("zh-TW", "chi_tra"),
        ("zh-Hant-HK", "chi_tra"),
        ("sr-Latn-RS", "srp_latn"),
        ("no", "nor"),
        ("ger", "deu"),
        ("lb", "ltz"),
        ("script/Latin", "script/Latin"),
        ("Fraktur", "Fraktur"),
        ("tlh", "tlh"),
    ],
)
def test_tags_clients_send(tag: str, code: str) -> None:
    assert from_tag(tag) == code


def test_script_models_have_no_tag() -> None:
    assert to_tag("script/Latin") is None
    assert first_tag(["Fraktur", "deu"]) == "de"
    assert language_of("script/Latin").script == "Latin"
