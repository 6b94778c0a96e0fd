"""`POST /<key>`: the requests of that service's README and tests."""

from __future__ import annotations

from django.test import override_settings
from PIL import Image

from app.models import Job
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase
from app.tests.factories import encoded, image_file

from .pictures import LINES, page_file

BLANK = encoded(Image.new("RGB", (300, 200), "white"))


@override_settings(APP_AUTH_TOKEN=["testkey"])
class PathKeyTests(SiteTestCase):
    def test_text_in_lines_and_the_id_as_a_string(self):
        answer = self.client.post("/testkey", {"image": page_file(), "id": 7})
        self.assertEqual(answer.status_code, 200, answer.content)
        self.assertEqual(answer.json(), {"id": "7", "text": [*LINES.split("\n"), ""]})

    def test_blank_page_without_id(self):
        answer = self.client.post("/testkey", {"image": image_file("blank.png", BLANK)})
        self.assertEqual(answer.json(), {"id": "null", "text": [""]})

    def test_first_version_sent_the_key_in_the_form(self):
        answer = self.client.post("/", {"image": page_file(), "api_key": "testkey"})
        self.assertEqual(answer.json()["text"][0], LINES.split("\n")[0])

    def test_a_key_of_the_account_works_too(self):
        _, token = api_keys.create(owner=self.alice, name="scanner")
        self.assertEqual(self.client.post(f"/{token}", {"image": page_file()}).status_code, 200)
        self.assertEqual(Job.objects.get().owner, self.alice)

    def test_wrong_key(self):
        for answer in (
            self.client.post("/wrong", {"image": page_file()}),
            self.client.post("/", {"image": page_file()}),
            self.client.post("/", {"image": page_file(), "api_key": "wrong"}),
        ):
            self.assertEqual(answer.status_code, 403)
            self.assertEqual(answer.json(), {"detail": "INCORRECT API KEY"})

    def test_calls_of_other_services_are_not_found(self):
        """A wrong base URL must not look like a wrong key."""
        for method, kind in [("POST", "application/json"), ("POST", "image/png"), ("PUT", "")]:
            answer = self.client.generic(method, "/unknown", b"{}", content_type=kind)
            self.assertEqual(answer.status_code, 404)

    def test_bad_images_are_told(self):
        for fields in ({}, {"image": image_file("x.png", b"no image")}, {"image": "text"}):
            answer = self.client.post("/testkey", fields)
            self.assertEqual(answer.status_code, 400, fields)
            self.assertIn("detail", answer.json())
        answer = self.client.post("/testkey", [], "application/json")
        self.assertEqual(answer.status_code, 400)

    def test_other_methods(self):
        answer = self.client.get("/testkey")
        self.assertEqual(answer.status_code, 405)
        self.assertEqual(answer.json()["detail"], 'Method "GET" not allowed.')
        self.assertEqual(self.client.get("/robots.txt").status_code, 404)
        self.assertEqual(self.client.options("/testkey").status_code, 200)

    def test_pages_keep_their_addresses(self):
        self.assertRedirects(
            self.client.get("/history"), "/history/", 301, fetch_redirect_response=False
        )
        html = self.client.get("/", headers={"Accept": "text/html,*/*;q=0.8"})
        self.assertIn("<html", html.content.decode())

    @override_settings(COMPAT_PATH_KEY=False)
    def test_switched_off_it_is_not_found(self):
        self.assertEqual(self.client.post("/testkey", {"image": page_file()}).status_code, 404)

    def test_other_origins_may_call(self):
        answer = self.client.options(
            "/testkey",
            headers={"Origin": "https://app.example", "Access-Control-Request-Method": "POST"},
        )
        self.assertEqual(answer["Access-Control-Allow-Origin"], "https://app.example")
        self.assertNotIn("Access-Control-Allow-Credentials", answer)
        page_of_site = self.client.get("/history/", headers={"Origin": "https://app.example"})
        self.assertNotIn("Access-Control-Allow-Origin", page_of_site)
