from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.urls import reverse

from app.tests.base import SiteTestCase

CATALOGS = sorted(Path(settings.BASE_DIR, "locale").glob("*/LC_MESSAGES/django.po"))
# Placeholders that the code fills in, and markup: %(name)s, {name}, <a href="…">.
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|<[^>]+>")
HEADLINES = {
    "en": "Pictures in.",
    "de": "Bild rein.",
    "fr": "L’image entre.",
    "es": "Entra imagen.",
    "zh-hans": "图片进",
    "ar": "صورة تدخل",
}


def forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])
class TestCatalog:
    def test_every_text_is_translated(self, path):
        catalog = polib.pofile(path)
        assert [entry.msgid for entry in catalog.untranslated_entries()] == []
        assert [entry.msgid for entry in catalog.fuzzy_entries()] == []

    def test_every_plural_form_is_there(self, path):
        catalog = polib.pofile(path)
        wanted = int(re.search(r"nplurals=(\d)", catalog.metadata["Plural-Forms"])[1])
        plurals = [entry for entry in catalog if entry.msgid_plural]
        assert plurals
        assert {len(forms(entry)) for entry in plurals} == {wanted}

    def test_what_is_filled_in_stays(self, path):
        for entry in polib.pofile(path):
            for text in forms(entry):
                wanted = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
                assert sorted(PLACEHOLDER.findall(text)) == wanted, entry.msgid

    def test_compiled_catalog_says_the_same(self, path):
        compiled = {e.msgid: forms(e) for e in polib.mofile(path.with_suffix(".mo"))}
        assert compiled == {e.msgid: forms(e) for e in polib.pofile(path)}


def test_every_offered_language_has_a_catalog():
    codes = {path.parts[-3].replace("_", "-").lower() for path in CATALOGS}
    assert codes | {"en"} == {code for code, _ in settings.LANGUAGES} == set(HEADLINES)


class LanguageOfPagesTests(SiteTestCase):
    def test_browsers_language_is_spoken(self):
        for code, words in HEADLINES.items():
            with self.subTest(code):
                page = self.client.get("/", headers={"Accept-Language": code})
                self.assertContains(page, words)
                direction = "rtl" if code == "ar" else "ltr"
                self.assertContains(page, f'lang="{code}" dir="{direction}"')

    def test_chosen_language_stays(self):
        self.client.post(reverse("set-language"), {"language": "de"})
        self.assertContains(self.client.get("/"), "Bild rein.")
