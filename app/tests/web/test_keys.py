from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone

from app.models import ApiKey
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase

URL = "/account/keys/"


class KeyPageTests(SiteTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.alice)

    def make(self, **fields):
        return self.client.post(URL, {"name": "scanner", "scopes": ["ocr"], **fields})

    def test_a_new_key_is_shown_once_and_works(self):
        page = self.make(networks="127.0.0.0/8")
        token = re.search(r"oo_\w{13}_\w{32}", page.content.decode())[0]
        self.assertIn("no-store", page["Cache-Control"])
        key = api_keys.authenticate(token=token, address="127.0.0.1", scope="ocr")
        self.assertEqual((key.owner, key.networks), (self.alice, ["127.0.0.0/8"]))
        self.assertContains(page, api_keys.signing_secret(key=key))
        listed = self.client.get(URL).content.decode()
        self.assertIn(key.prefix, listed)
        self.assertNotIn(token, listed)

    def test_a_key_may_have_a_last_day(self):
        day = timezone.localdate() + timedelta(days=1)
        self.make(expires_on=day.isoformat())
        self.assertEqual(timezone.localdate(ApiKey.objects.get().expires_at), day)

    def test_what_makes_no_sense_is_refused(self):
        for fields in (
            {"name": ""},
            {"scopes": []},
            {"networks": "nowhere"},
            {"expires_on": "2020-01-01"},
        ):
            self.assertEqual(self.make(**fields).status_code, 400, fields)
        self.assertFalse(ApiKey.objects.exists())

    def test_rotate_and_revoke(self):
        key, old = api_keys.create(owner=self.alice, name="scanner")
        page = self.client.post(f"{URL}{key.pk}/rotate/")
        self.assertNotContains(page, old)
        self.assertRedirects(self.client.post(f"{URL}{key.pk}/revoke/"), URL)
        self.assertFalse(ApiKey.objects.of(self.alice).exists())

    def test_keys_of_others_are_not_found(self):
        key, _ = api_keys.create(owner=self.charlie, name="his")
        self.assertNotContains(self.client.get(URL), key.prefix)
        for action in ("rotate", "revoke"):
            self.assertEqual(self.client.post(f"{URL}{key.pk}/{action}/").status_code, 404)
        key.refresh_from_db()
        self.assertIsNone(key.revoked_at)

    def test_needs_a_login(self):
        self.client.logout()
        self.assertEqual(self.client.get(URL).status_code, 302)
        self.assertEqual(self.make().status_code, 302)
