"""The page of signed-in browsers ends one of them, or all others."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from app.tests.base import SiteTestCase
from app.tests.factories import PASSWORD

LINUX = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) Version/18.4 Safari/604.1"


class SessionTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.url = reverse("usersessions_list")
        self.desk, self.phone = self.browser(LINUX), self.browser(PHONE)

    def browser(self, user_agent: str, name: str = "alice") -> Client:
        client = Client(headers={"User-Agent": user_agent})
        client.post(reverse("account_login"), {"login": name, "password": PASSWORD})
        client.get(self.url)
        return client

    def is_signed_in(self, client: Client) -> bool:
        return client.get("/account/").status_code == 200

    def number_of(self, client: Client) -> int:
        return UserSession.objects.get(session_key=client.session.session_key).pk

    def test_names_the_devices_and_marks_this_one(self):
        page = self.desk.get(self.url).content.decode()
        self.assertIn("Chrome on Linux", page)
        self.assertIn("Sign out Safari on iPhone", page)
        self.assertNotIn("Sign out Chrome on Linux", page)
        self.assertEqual(page.count("This device"), 1)

    def test_ends_one(self):
        tablet = self.browser(PHONE.replace("iPhone", "iPad"))
        self.desk.post(self.url, {"session": self.number_of(self.phone)})
        self.assertFalse(self.is_signed_in(self.phone))
        self.assertTrue(self.is_signed_in(self.desk))
        self.assertTrue(self.is_signed_in(tablet))

    def test_ends_all_others(self):
        self.desk.post(self.url)
        self.assertFalse(self.is_signed_in(self.phone))
        self.assertTrue(self.is_signed_in(self.desk))

    def test_sessions_of_others_are_not_there(self):
        charlie = self.browser(LINUX, "charlie")
        answer = charlie.post(self.url, {"session": self.number_of(self.phone)})
        self.assertEqual(answer.status_code, 404)
        self.assertTrue(self.is_signed_in(self.phone))
        for nonsense in ("x", "-1", "9" * 40, "²"):
            answer = charlie.post(self.url, {"session": nonsense})
            self.assertEqual(answer.status_code, 404, nonsense)
