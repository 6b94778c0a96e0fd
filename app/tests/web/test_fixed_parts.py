"""Parts of pages that are written once: forms that are not filled in yet, and fixed templates."""

from __future__ import annotations

import re
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.utils import translation

from app.services import installed
from app.templatetags.site import fixed
from app.tests.base import SiteTestCase
from app.tests.factories import make_job
from app.web import blank_forms

TEMPLATES = Path(settings.BASE_DIR) / "templates"
FIXED = re.compile(r'{% fixed "([^"]+)" %}')
# Anything that writes more than the language of the pages decides.
VARIABLE = re.compile(r"{{|{% (?!load |translate |icon |static '|url '[\w-]+' %)")


class FixedTests(SiteTestCase):
    def test_fixed_templates_depend_only_on_the_language(self):
        found = [
            name for path in TEMPLATES.rglob("*.html") for name in FIXED.findall(path.read_text())
        ]
        self.assertTrue(found)
        for name in found:
            with self.subTest(name):
                self.assertNotRegex((TEMPLATES / name).read_text(), VARIABLE)

    def test_fixed_template_follows_the_language(self):
        for language, tab in (("en", "Picture"), ("de", "Bild"), ("en", "Picture")):
            with translation.override(language):
                self.assertIn(f">{tab}</button>", fixed("history/viewer_tabs.html"))


class BlankFormTests(SiteTestCase):
    def page(self, path: str, language: str = "en") -> str:
        headers = {"Accept-Language": language}
        return self.client.get(path, headers=headers).content.decode()

    def setUp(self):
        super().setUp()
        self.client.force_login(self.alice)
        self.entry = f"/history/{make_job(self.alice).pk}/"

    def test_forms_follow_the_language_of_the_page(self):
        for path, texts in (
            (self.entry, {"en": "Upside down", "de": "Kopf"}),
            ("/", {"en": "Further languages", "de": "Weitere Sprachen"}),
            ("/history/", {"en": "Any status", "de": "Jeder Status"}),
        ):
            for language in ("en", "de", "en"):
                with self.subTest(path=path, language=language):
                    self.assertIn(texts[language], self.page(path, language))

    def test_forms_offer_what_is_installed_now(self):
        option = '<option value="deu"'
        few = tuple(entry for entry in installed.languages() if entry.code == "eng")
        many = (*few, *(entry for entry in installed.languages() if entry.code == "deu"))
        for path in (self.entry, "/history/", "/"):
            for languages in (few, many, few):
                with (
                    self.subTest(path=path, languages=len(languages)),
                    mock.patch.object(installed, "languages", return_value=languages),
                ):
                    self.assertEqual(option in self.page(path), languages == many)

    def test_filters_in_use_are_shown(self):
        self.page("/history/")
        self.assertIn('<option value="failed" selected>', self.page("/history/?status=failed"))
        self.assertNotIn('failed" selected', self.page("/history/"))

    def test_blank_form_is_written_once(self):
        blank_forms._written.cache_clear()
        self.page(self.entry)
        with mock.patch.object(blank_forms, "render_to_string", side_effect=AssertionError):
            self.assertIn("Upside down", self.page(self.entry))
