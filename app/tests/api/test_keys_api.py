from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from app.models import ApiKey
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase
from app.tests.factories import make_job

URL = "/api/keys/"
HISTORY = "/api/history/"


class ManageKeysTests(SiteTestCase):
    def create(self, **fields):
        return self.api(self.alice).post(URL, {"name": "scanner", **fields})

    def test_create_shows_the_key_once_and_stores_it_hashed(self):
        response = self.create()
        self.assertEqual(response.status_code, 201, response.content)
        token = response.json()["key"]
        self.assertRegex(token, r"^oo_\w{13}_\w{32}$")
        self.assertEqual(response["Cache-Control"], "no-store")
        key = ApiKey.objects.get()
        self.assertNotIn(token, str(vars(key)))
        self.assertTrue(token.startswith(key.prefix))
        for body in (self.api(self.alice).get(URL), self.api(self.alice).get(f"{URL}{key.pk}/")):
            self.assertNotIn(token, body.content.decode())

    def test_list_shows_prefix_scopes_and_use(self):
        self.create(scopes=["ocr"], networks=["192.0.2.7/24"], pages_per_day=9)
        entry = self.api(self.alice).get(URL).json()["results"][0]
        self.assertEqual(entry["scopes"], ["ocr"])
        self.assertEqual(entry["networks"], ["192.0.2.0/24"])
        self.assertEqual(entry["pages_per_day"], 9)
        self.assertEqual((entry["use_count"], entry["last_used_at"]), (0, None))

    def test_create_refuses_what_makes_no_sense(self):
        yesterday = timezone.now() - timedelta(days=1)
        for field, value in [
            ("name", ""),
            ("scopes", ["everything"]),
            ("scopes", []),
            ("networks", ["nowhere"]),
            ("expires_at", yesterday),
        ]:
            with self.subTest(field=field, value=value):
                response = self.create(**{field: value})
                self.assertEqual(response.status_code, 400)
                self.assertIn(field, response.json())

    def test_managing_keys_needs_a_person(self):
        self.assertEqual(self.client.get(URL).status_code, 401)
        _, token = api_keys.create(owner=self.alice, name="scanner")
        for response in (
            self.client.get(URL, headers={"X-API-Key": token}),
            self.client.post(URL, {"name": "more"}, headers={"X-API-Key": token}),
            self.client.get("/api/me/", headers={"X-API-Key": token}),
        ):
            self.assertEqual(response.status_code, 403)
            self.assertEqual(response.json()["code"], "key_scope")

    def test_stranger_and_staff_find_nothing(self):
        key, _ = api_keys.create(owner=self.alice, name="scanner")
        for user in (self.charlie, self.bob):
            api = self.api(user)
            self.assertEqual(api.get(URL).json()["results"], [])
            self.assertEqual(api.get(f"{URL}{key.pk}/").status_code, 404)
            self.assertEqual(api.delete(f"{URL}{key.pk}/").status_code, 404)
            self.assertEqual(api.post(f"{URL}{key.pk}/rotate/").status_code, 404)
        key.refresh_from_db()
        self.assertIsNone(key.revoked_at)

    def test_rotate_replaces_the_secret(self):
        key, old = api_keys.create(owner=self.alice, name="scanner", scopes=["history"])
        new = self.api(self.alice).post(f"{URL}{key.pk}/rotate/").json()["key"]
        self.assertEqual(self.get_history(old).status_code, 401)
        self.assertEqual(self.get_history(new).status_code, 200)

    def test_revoked_key_is_gone(self):
        key, token = api_keys.create(owner=self.alice, name="scanner")
        self.assertEqual(self.api(self.alice).delete(f"{URL}{key.pk}/").status_code, 204)
        self.assertEqual(self.get_history(token).status_code, 401)
        self.assertEqual(self.api(self.alice).get(URL).json()["count"], 0)

    def test_list_takes_the_same_queries_for_many_keys(self):
        api_keys.create(owner=self.alice, name="one")
        with CaptureQueriesContext(connection) as few:
            self.api(self.alice).get(URL)
        for number in range(5):
            api_keys.create(owner=self.alice, name=f"key {number}")
        with self.assertNumQueries(len(few)):
            self.api(self.alice).get(URL)

    def get_history(self, token: str):
        return self.client.get(HISTORY, headers={"X-API-Key": token})


class UseKeysTests(SiteTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.key, self.token = api_keys.create(owner=self.alice, name="scanner")

    def get(self, token: str = "", **extra):
        headers = {"Authorization": f"Bearer {token or self.token}"}
        return self.client.get(HISTORY, headers=headers, **extra)

    def test_key_acts_for_its_owner_in_both_headers(self):
        make_job(self.alice, name="hers.png")
        make_job(self.charlie, name="his.png")
        by_header = self.client.get(HISTORY, headers={"X-API-Key": self.token})
        for response in (self.get(), by_header):
            names = [entry["file_name"] for entry in response.json()["results"]]
            self.assertEqual(names, ["hers.png"])

    def test_wrong_secret_unknown_prefix_and_junk_are_refused(self):
        for token in (self.token[:-1] + "!", "oo_unknown_secret", "oo_", "oo_é"):
            response = self.get(token.encode().decode("latin-1"))
            self.assertEqual(response.status_code, 401, token)
            self.assertEqual(response.json()["code"], "invalid_key")

    def test_other_bearer_tokens_are_judged_as_jwt(self):
        self.assertEqual(self.get("junk").json()["code"], "token_not_valid")

    def test_expired_key_and_inactive_owner_are_refused(self):
        ApiKey.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        self.assertEqual(self.get().json()["code"], "key_expired")
        ApiKey.objects.update(expires_at=None)
        self.alice.is_active = False
        self.alice.save()
        self.assertEqual(self.get().json()["code"], "invalid_key")

    def test_key_works_from_its_networks_only(self):
        ApiKey.objects.update(networks=["192.0.2.0/24", "2001:db8::/32"])
        self.assertEqual(self.get(REMOTE_ADDR="192.0.2.9").status_code, 200)
        self.assertEqual(self.get(REMOTE_ADDR="2001:db8::7").status_code, 200)
        self.assertEqual(self.get(REMOTE_ADDR="198.51.100.1").json()["code"], "key_network")

    def test_forwarded_addresses_count_only_from_trusted_proxies(self):
        ApiKey.objects.update(networks=["192.0.2.0/24"])
        forged = {"HTTP_X_FORWARDED_FOR": "192.0.2.9, 198.51.100.1"}
        self.assertEqual(self.get(**forged).status_code, 401)
        with override_settings(TRUSTED_PROXIES=1):
            self.assertEqual(self.get(**forged).status_code, 401)
        with override_settings(TRUSTED_PROXIES=2):
            self.assertEqual(self.get(**forged).status_code, 200)

    def test_scope_is_needed(self):
        ApiKey.objects.update(scopes=["ocr"])
        self.assertEqual(self.get().status_code, 403)

    def test_every_use_counts_and_the_time_is_written_once_a_minute(self):
        self.get()
        self.key.refresh_from_db()
        first = self.key.last_used_at
        self.get()
        self.key.refresh_from_db()
        self.assertEqual((self.key.use_count, self.key.last_used_at), (2, first))
        ApiKey.objects.update(last_used_at=first - timedelta(minutes=2))
        self.get()
        self.key.refresh_from_db()
        self.assertGreaterEqual(self.key.last_used_at, first)

    @override_settings(APP_AUTH_TOKEN=["testkey", "other"])
    def test_site_keys_act_for_the_service_account(self):
        self.assertEqual(self.get("testkey").status_code, 200)
        key = ApiKey.objects.get(name="APP_AUTH_TOKEN")
        self.assertEqual((key.owner.username, key.use_count), (api_keys.SERVICE_ACCOUNT, 1))
        with override_settings(APP_AUTH_TOKEN=["other"]):
            self.assertEqual(self.get("testkey").status_code, 401)

    def test_nobody_can_register_the_service_account(self):
        body = {"username": api_keys.SERVICE_ACCOUNT, "password": "correct horse battery"}
        self.assertEqual(self.api().post("/api/register/", body).status_code, 400)

    def test_signing_secret_changes_with_rotation(self):
        before = api_keys.signing_secret(key=self.key)
        self.assertRegex(before, r"^[0-9a-f]{40}$")
        api_keys.rotate(key=self.key)
        self.assertNotEqual(api_keys.signing_secret(key=self.key), before)
