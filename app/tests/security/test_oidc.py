"""Signing in through an OpenID Connect provider, from the button to the account."""

from __future__ import annotations

import time
from typing import Any

import httpx
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.test import override_settings
from django.urls import reverse

from app.checks import check_deployment
from app.tests.base import SiteTestCase
from app.tests.factories import PASSWORD

from .oidc_provider import CLIENT, SECRET, provider_on_loopback

LOGIN = "/account/provider/oidc/login/"


class OidcTests(SiteTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.provider = self.enterContext(provider_on_loopback())
        app = {
            "provider_id": "oidc",
            "name": "Staff directory",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": self.provider.issuer, "oauth_pkce_enabled": True},
        }
        providers = {"openid_connect": {"APPS": [app]}}
        self.enterContext(override_settings(SOCIALACCOUNT_PROVIDERS=providers))

    def address_to_return_to(self) -> str:
        """Presses the button and agrees at the provider, without following the redirect back."""
        asked = self.client.post(LOGIN)
        agreed = httpx.get(asked["Location"], follow_redirects=False, timeout=300)
        return agreed.headers["Location"]

    def sign_in(self) -> Any:
        return self.client.get(self.address_to_return_to())

    def signed_in(self) -> str | None:
        """The account of the browser's session."""
        number = self.client.session.get("_auth_user_id")
        return User.objects.get(pk=number).username if number else None

    def test_first_visit_makes_an_account_and_later_ones_find_it(self) -> None:
        self.assertRedirects(self.sign_in(), reverse("upload"))
        self.assertEqual(self.signed_in(), "dora")
        self.client.logout()
        self.sign_in()
        self.assertEqual(self.signed_in(), "dora")
        self.assertEqual(SocialAccount.objects.get().uid, "4711")
        self.assertFalse(User.objects.get(username="dora").has_usable_password())

    def test_token_for_somebody_else_signs_nobody_in(self) -> None:
        now = int(time.time())
        for wrong in (
            {"iss": "https://elsewhere.example"},
            {"aud": "another client"},
            {"exp": now - 3600},
        ):
            with self.subTest(wrong):
                self.provider.claims = wrong
                self.assertContains(self.sign_in(), "site-header", status_code=401)
                self.assertIsNone(self.signed_in())
        self.assertFalse(SocialAccount.objects.exists())

    def test_token_is_taken_once(self) -> None:
        self.provider.claims = {"jti": "one"}
        self.sign_in()
        self.client.logout()
        self.sign_in()
        self.assertIsNone(self.signed_in())

    def test_answer_works_only_in_the_browser_that_asked_and_once(self) -> None:
        address = self.address_to_return_to()
        elsewhere = self.client_class()
        elsewhere.get(address)
        self.assertNotIn("_auth_user_id", elsewhere.session)
        self.client.get(address)
        self.assertEqual(self.signed_in(), "dora")
        self.client.logout()
        self.client.get(address)
        self.assertIsNone(self.signed_in())

    def test_state_or_code_of_another_answer_signs_nobody_in(self) -> None:
        first = httpx.URL(self.address_to_return_to())
        for other in ({"state": "guessed"}, {"code": "guessed"}):
            with self.subTest(other):
                self.client.get(str(first.copy_merge_params(other)))
                self.assertIsNone(self.signed_in())

    def test_code_that_was_stolen_on_its_way_is_worth_nothing(self) -> None:
        """Only the browser that started the sign-in has the proof (PKCE)."""
        thief = self.client_class()
        asked = httpx.URL(thief.post(LOGIN)["Location"])
        stolen = httpx.URL(self.address_to_return_to()).params["code"]
        query = {"code": stolen, "state": asked.params["state"]}
        thief.get(reverse("openid_connect_callback", args=["oidc"]), query)
        self.assertNotIn("_auth_user_id", thief.session)

    def test_account_with_the_same_address_is_not_taken_over(self) -> None:
        EmailAddress.objects.create(user=self.alice, email="alice@example.org", verified=True)
        self.provider.person = {"sub": "1", "email": "alice@example.org", "email_verified": True}
        self.sign_in()
        self.assertIsNone(self.signed_in())
        self.assertFalse(self.alice.socialaccount_set.exists())

    @override_settings(OIDC_SIGN_UP=False)
    def test_closed_site_lets_in_only_who_has_connected_an_account(self) -> None:
        self.sign_in()
        self.assertIsNone(self.signed_in())
        self.client.force_login(self.alice)
        asked = self.client.post(LOGIN + "?process=connect")
        there = httpx.get(asked["Location"], timeout=300).headers["Location"]
        returned = self.client.get(there)
        # The thief of a session would connect their own account.
        self.assertEqual(returned["Location"], reverse("account_reauthenticate"))
        self.assertFalse(self.alice.socialaccount_set.exists())
        self.client.post(returned["Location"], {"password": PASSWORD})
        self.client.logout()
        self.sign_in()
        self.assertEqual(self.signed_in(), "alice")

    def test_provider_without_tls_is_warned_about(self) -> None:
        """Only TLS proves that the fetched data come from the provider."""
        for address, warnings in (
            ("", 0),
            ("https://id.example.org", 0),
            ("http://127.0.0.1:8080", 0),
            ("http://id.example.org/realms/a", 1),
        ):
            with self.subTest(address), self.settings(OIDC_SERVER_URL=address):
                found = [it for it in check_deployment() if it.id == "onlineocr.W007"]
                self.assertEqual(len(found), warnings)

    def test_provider_that_goes_away_in_between_is_no_fault_of_ours(self) -> None:
        address = self.address_to_return_to()
        self.provider.userinfo = lambda values: ("503 Service Unavailable", {}, {})
        self.assertLess(self.client.get(address).status_code, 500)
        self.assertIsNone(self.signed_in())
