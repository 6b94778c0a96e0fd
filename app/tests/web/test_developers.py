"""The developers' page lists what this site answers, and its search finds it."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.test import override_settings

from app.http.error_messages import MESSAGES, OF_LIBRARIES
from app.tests.base import SiteTestCase
from app.tests.test_docs import raised_codes
from app.web.developers.contracts import CONTRACTS

URL = "/developers/"


class DeveloperPageTests(SiteTestCase):
    def page(self, query: str = "", **options) -> str:
        return self.client.get(URL, {"q": query} if query else {}, **options).content.decode()

    def test_programs_call_this_site(self):
        page = self.page(headers={"Host": "localhost"})
        self.assertIn("http://localhost/api/ocr/?format=txt", page)
        self.assertNotIn("ocr.example.org/api", page)

    @override_settings(OCR_MAX_PAGES=1234, ACCOUNT_MAX_BYTES=7_000_000, QUOTA_ACCOUNT=0)
    def test_limits_are_those_of_the_reader(self):
        self.assertNotIn("7 MB", self.page())
        self.client.force_login(self.alice)
        page = self.page()
        self.assertIn("7 MB", page)
        self.assertIn("1,234", page)
        self.assertIn("no limit", page)

    def test_every_code_is_in_the_table(self):
        page = self.page()
        for code in {*raised_codes(), *MESSAGES, *OF_LIBRARIES}:
            self.assertIn(f"<code>{code}</code>", page)

    def test_search_leaves_what_has_all_words(self):
        page = self.page("quota MIDNIGHT")
        self.assertEqual(re.findall(r"<code>(\w+)</code></td>", page), ["quota_exceeded"])
        self.assertNotIn("Quick start</h2>", page)
        self.assertIn("Nothing here has these words", self.page("zanzibar"))
        self.assertIn('id="webhook"', self.page("webhook receive"))

    @override_settings(COMPAT_TIKA=False)
    def test_contracts_that_are_switched_off_are_not_shown(self):
        page = self.page()
        self.assertNotIn("Apache Tika", page)
        self.assertIn("Mistral OCR", page)

    def test_every_documented_contract_is_here(self):
        text = Path(settings.BASE_DIR, "docs", "compatibility.md").read_text()
        documented = set(re.findall(r"\| `(COMPAT_\w+)` \|", text))
        self.assertGreater(len(documented), 15)
        self.assertEqual({entry.switch for entry in CONTRACTS}, documented)

    def test_markup_in_a_search_is_text(self):
        self.assertNotIn("<script>alert", self.page('"><script>alert(1)</script>'))


class ReferencePageTests(SiteTestCase):
    def test_swagger_in_the_frame_of_the_site(self):
        page = self.client.get("/docs/").content.decode()
        self.assertIn('<html lang="en"', page)
        self.assertIn('name="viewport"', page)
        self.assertIn('href="/developers/"', page)

    def test_loads_only_what_it_needs(self):
        page = self.client.get("/docs/").content.decode()
        libraries = re.findall(r"drf-yasg/([\w./-]+)", page)
        self.assertEqual(
            sorted(libraries),
            ["swagger-ui-dist/swagger-ui-bundle.js", "swagger-ui-dist/swagger-ui.css"],
        )

    def test_tells_of_api_keys(self):
        description = self.client.get("/docs/swagger.json").json()
        self.assertEqual(description["securityDefinitions"]["Key"]["name"], "X-API-Key")
        self.assertIn("X-API-Key: oo_", description["info"]["description"])

    def test_names_the_account(self):
        self.client.force_login(self.alice)
        self.assertContains(self.client.get("/docs/"), 'class="site-user">alice')
