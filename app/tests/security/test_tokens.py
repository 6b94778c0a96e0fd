"""Tokens expire on time, and sign-in through a provider starts with a button."""

from __future__ import annotations

from unittest import mock
from urllib.parse import parse_qs, urlsplit

from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth.models import User
from django.test import override_settings
from django.urls import reverse
from requests import RequestException
from rest_framework_simplejwt.settings import api_settings

from app.tests.base import SiteTestCase
from app.tests.factories import PASSWORD

PROVIDER = {
    "provider_id": "oidc",
    "name": "Staff directory",
    "client_id": "ocr",
    "secret": "s",
    "settings": {"server_url": "https://id.example", "oauth_pkce_enabled": True},
}


class TokenTests(SiteTestCase):
    def pair(self):
        body = {"username": "alice", "password": PASSWORD}
        return self.client.post("/api/token_obtain_pair/", body).json()

    def refresh(self, token):
        return self.client.post("/api/token_refresh/", {"refresh": token})

    def me(self, access):
        return self.client.get("/api/me/", headers={"Authorization": f"Bearer {access}"})

    def test_by_default_a_refresh_token_lasts_as_old_clients_expect(self):
        token = self.pair()["refresh"]
        for _ in range(2):
            self.assertEqual(set(self.refresh(token).json()), {"access"})

    def test_rotated_token_works_once(self):
        for name in ("ROTATE_REFRESH_TOKENS", "BLACKLIST_AFTER_ROTATION"):
            self.enterContext(mock.patch.object(api_settings, name, True))
        first = self.pair()["refresh"]
        second = self.refresh(first).json()["refresh"]
        self.assertEqual(self.refresh(first).status_code, 401)
        self.assertEqual(self.refresh(second).status_code, 200)

    def test_new_password_ends_all_tokens(self):
        pair = self.pair()
        self.alice.set_password("another long password")
        self.alice.save()
        self.assertEqual(self.me(pair["access"]).status_code, 401)
        fresh = self.refresh(pair["refresh"]).json().get("access", "none")
        self.assertEqual(self.me(fresh).status_code, 401)

    def test_closed_account_ends_them_too(self):
        pair = self.pair()
        self.alice.is_active = False
        self.alice.save()
        self.assertEqual(self.me(pair["access"]).status_code, 401)
        self.assertEqual(self.refresh(pair["refresh"]).status_code, 401)

    def test_stolen_token_cannot_take_the_account_over(self):
        access = self.pair()["access"]
        for change in ({"email": "thief@example.org"}, {"password": "another long password"}):
            response = self.client.patch(
                "/api/me/",
                change,
                content_type="application/json",
                headers={"Authorization": f"Bearer {access}"},
            )
            self.assertEqual(list(response.json()), ["current_password"])


@override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [PROVIDER]}})
class ProviderTests(SiteTestCase):
    def test_button_leads_to_the_provider_with_proof_of_who_asked(self):
        login = reverse("openid_connect_login", args=["oidc"])
        self.assertContains(self.client.get(reverse("account_login")), "Staff directory")
        found = {
            "authorization_endpoint": "https://id.example/authorize",
            "token_endpoint": "https://id.example/token",
        }
        with mock.patch.object(OpenIDConnectOAuth2Adapter, "openid_config", found):
            response = self.client.post(login)
        target = urlsplit(response["Location"])
        self.assertEqual(target.hostname, "id.example")
        query = parse_qs(target.query)
        self.assertEqual(query["client_id"], ["ocr"])
        self.assertEqual(query["code_challenge_method"], ["S256"])
        self.assertGreater(len(query["state"][0]), 10)

    def test_provider_that_is_away_is_no_fault_of_ours(self):
        session = "allauth.socialaccount.adapter.DefaultSocialAccountAdapter.get_requests_session"
        with mock.patch(session, side_effect=RequestException):
            response = self.client.post(reverse("openid_connect_login", args=["oidc"]))
        self.assertEqual(response.status_code, 503)

    def test_other_sites_cannot_begin_it_by_a_link(self):
        response = self.client.get(reverse("openid_connect_login", args=["oidc"]))
        self.assertEqual(response.status_code, 200)  # a page with a button, no redirect

    def test_account_without_a_password_is_deleted_by_its_name(self):
        self.charlie.set_unusable_password()
        self.charlie.save()
        self.client.force_login(self.charlie)
        for name, left in (("alice", True), ("charlie", False)):
            self.client.post(reverse("delete-account"), {"username": name})
            self.assertEqual(User.objects.filter(pk=self.charlie.pk).exists(), left)
