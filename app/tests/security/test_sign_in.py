"""Guessing passwords is slow, and a password alone is not enough with a second factor."""

from __future__ import annotations

import re
from base64 import b64encode

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import override_settings
from django.urls import reverse

from app.tests.base import SiteTestCase
from app.tests.factories import PASSWORD
from app.web.allauth_adapters import sign_in_name

GOOD = "violet-anchor-77"


def basic(password: str, name: str = "alice") -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"{name}:{password}".encode()).decode()}


def totp_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@override_settings(AXES_FAILURE_LIMIT=3)
class LockoutTests(SiteTestCase):
    def tries(self):
        """Each way to try a password -> a function that returns the response."""
        page = reverse("account_login")
        token = "/api/token_obtain_pair/"
        return {
            "basic": lambda word: self.client.get("/api/me/", headers=basic(word)),
            "token": lambda word: self.client.post(token, {"username": "alice", "password": word}),
            "page": lambda word: self.client.post(page, {"login": "alice", "password": word}),
        }

    def lock(self, attempt):
        for _ in range(3):
            attempt("wrong")

    def test_programs_are_told_to_wait_even_with_the_right_password(self):
        for name in ("basic", "token"):
            cache.clear()
            attempt = self.tries()[name]
            with self.subTest(name):
                self.lock(attempt)
                response = attempt(PASSWORD)
                self.assertEqual(response.status_code, 429)
                self.assertGreater(int(response["Retry-After"]), 60)

    def test_failures_of_all_ways_are_counted_together(self):
        ways = self.tries()
        ways["page"]("wrong")
        ways["basic"]("wrong")
        ways["token"]("wrong")
        ways["page"](PASSWORD)
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_page_keeps_locked_account_out(self):
        attempt = self.tries()["page"]
        self.lock(attempt)
        attempt(PASSWORD)
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_others_are_not_locked_out_by_it(self):
        self.lock(self.tries()["basic"])
        elsewhere = self.client.get("/api/me/", headers=basic(PASSWORD), REMOTE_ADDR="192.0.2.7")
        self.assertEqual(elsewhere.status_code, 200)
        charlie = self.client.get("/api/me/", headers=basic(PASSWORD, "charlie"))
        self.assertEqual(charlie.status_code, 200)

    def test_forged_forwarded_address_is_not_another_client(self):
        attempt = self.tries()["basic"]
        self.lock(attempt)
        forged = self.client.get(
            "/api/me/", headers={**basic(PASSWORD), "X-Forwarded-For": "192.0.2.7"}
        )
        self.assertEqual(forged.status_code, 429)

    def test_addresses_of_one_network_are_one_client(self):
        attempt = "/api/me/", basic("wrong")
        for number in range(3):
            self.client.get(attempt[0], headers=attempt[1], REMOTE_ADDR=f"2001:db8::{number}")
        near, far = (
            self.client.get("/api/me/", headers=basic(PASSWORD), REMOTE_ADDR=address)
            for address in ("2001:db8::ffff", "2001:db8:0:1::1")
        )
        self.assertEqual((near.status_code, far.status_code), (429, 200))

    def test_ways_to_write_a_name_are_one_account(self):
        names = ("alice", "ALICE", "al\N{LATIN SMALL LETTER DOTLESS I}ce")
        self.assertEqual(len({sign_in_name(None, {"username": name}) for name in names}), 1)

    def test_signed_in_thief_cannot_try_passwords_either(self):
        self.client.force_login(self.alice)
        change = {"password": GOOD, "current_password": "wrong"}
        ways = {
            "api": lambda: self.client.patch("/api/me/", change, "application/json"),
            "page": lambda: self.client.post(reverse("delete-account"), {"password": "wrong"}),
        }
        for name, attempt in ways.items():
            cache.clear()
            with self.subTest(name):
                self.lock(lambda _, attempt=attempt: attempt())
                right = {"password": GOOD, "current_password": PASSWORD}
                response = self.client.patch("/api/me/", right, "application/json")
                self.assertEqual(response.status_code, 429)
                self.client.post(reverse("delete-account"), {"password": PASSWORD})
                self.assertTrue(User.objects.filter(username="alice").exists())


@override_settings(RATE_SIGN_IN=3)
class SprayingTests(SiteTestCase):
    """One password for many accounts."""

    def test_basic_and_tokens_of_one_address_are_counted_together(self):
        for number in range(2):
            self.client.get("/api/me/", headers=basic("wrong", f"user{number}"))
        self.client.post("/api/token_obtain_pair/", {"username": "user2", "password": "wrong"})
        refused = self.client.get("/api/me/", headers=basic(PASSWORD))
        self.assertEqual(refused.status_code, 429)
        self.assertGreater(int(refused["Retry-After"]), 0)
        elsewhere = self.client.get("/api/me/", headers=basic(PASSWORD), REMOTE_ADDR="192.0.2.7")
        self.assertEqual(elsewhere.status_code, 200)

    def test_right_passwords_are_not_counted(self):
        answers = [self.client.get("/api/me/", headers=basic(PASSWORD)) for _ in range(6)]
        self.assertEqual({answer.status_code for answer in answers}, {200})


class UnknownNameTests(SiteTestCase):
    """No answer reveals which accounts exist."""

    def answers(self, name: str) -> dict[str, tuple[int, str]]:
        sign_in, reset = reverse("account_login"), reverse("account_reset_password")
        token = {"username": name, "password": "wrong"}
        given = {
            "basic": self.client.get("/api/me/", headers=basic("wrong", name)),
            "token": self.client.post("/api/token_obtain_pair/", token),
            "page": self.client.post(sign_in, {"login": name, "password": "wrong"}),
            "reset": self.client.post(reset, {"email": f"{name}@example.org"}, follow=True),
        }
        return {way: (answer.status_code, shown(answer, name)) for way, answer in given.items()}

    def test_names_that_exist_and_others_are_answered_alike(self):
        self.alice.email = "alice@example.org"
        self.alice.save()
        self.assertEqual(self.answers("alice"), self.answers("erika"))


def shown(answer, name: str) -> str:
    """The page without the submitted name and without parts that differ between requests."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return text.replace(name, "")


class SecondFactorTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.secret = generate_totp_secret()
        self.authenticator = TOTP.activate(self.alice, self.secret).instance

    def sign_in(self):
        return self.client.post(reverse("account_login"), {"login": "alice", "password": PASSWORD})

    def token(self, **code):
        body = {"username": "alice", "password": PASSWORD, **code}
        return self.client.post("/api/token_obtain_pair/", body)

    def test_secret_is_stored_encrypted(self):
        self.assertNotIn(self.secret, str(self.authenticator.data))

    def test_password_alone_leads_to_the_question_for_the_code(self):
        self.assertRedirects(self.sign_in(), reverse("mfa_authenticate"))
        self.assertNotIn("_auth_user_id", self.client.session)
        self.client.post(reverse("mfa_authenticate"), {"code": totp_code(self.secret)})
        self.assertEqual(self.client.session["_auth_user_id"], str(self.alice.pk))

    def test_basic_is_refused(self):
        response = self.client.get("/api/me/", headers=basic(PASSWORD))
        self.assertEqual(response.status_code, 401)
        self.assertEqual(response.json()["code"], "second_factor_required")

    def test_token_needs_the_code_and_takes_it_once(self):
        self.assertEqual(self.token().json()["code"], "second_factor_required")
        self.assertEqual(self.token(code="000000").json()["code"], "second_factor_wrong")
        code = totp_code(self.secret)
        self.assertIn("access", self.token(code=code).json())
        self.assertEqual(self.token(code=code).status_code, 401)

    def test_codes_cannot_be_guessed_at_leisure(self):
        for number in range(6):
            self.token(code=f"00000{number}")
        self.assertEqual(self.token(code=totp_code(self.secret)).status_code, 401)

    def test_admin_site_asks_for_it_too(self):
        page = self.client.get(reverse("admin:login"))
        self.assertRedirects(page, reverse("account_login") + "?next=/admin/login/")


class SecurityPagesTests(SiteTestCase):
    def sign_in(self):
        self.client.post(reverse("account_login"), {"login": "alice", "password": PASSWORD})
        self.client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    def test_password_is_asked_for_again_before_factors_change(self):
        self.client.force_login(self.alice)
        page = self.client.get(reverse("mfa_activate_totp"))
        self.assertIn(reverse("account_reauthenticate"), page["Location"])

    def test_and_before_the_account_gets_another_address(self):
        self.client.force_login(self.alice)
        address = {"email": "thief@example.org", "action_add": ""}
        asked = self.client.post(reverse("account_email"), address)
        self.assertIn(reverse("account_reauthenticate"), asked["Location"])
        self.assertFalse(EmailAddress.objects.exists())
        self.client.post(asked["Location"], {"password": PASSWORD})
        self.assertEqual(EmailAddress.objects.get().email, "thief@example.org")

    def test_pages_stand_in_the_sites_frame_without_inline_code(self):
        self.sign_in()
        for name in (
            "mfa_index",
            "mfa_activate_totp",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "usersessions_list",
            "activity",
            "socialaccount_connections",
        ):
            with self.subTest(name):
                page = self.client.get(reverse(name))
                self.assertContains(page, 'class="site-header"')
                self.assertNotRegex(
                    page.content.decode(),
                    r"<script(?![^>]*(\bsrc=|\bapplication/json))|<style| style=| onclick=",
                )

    def test_authenticator_app_is_set_up_on_the_page(self):
        self.sign_in()
        page = self.client.get(reverse("mfa_activate_totp"))
        secret = re.search(r'value="([A-Z2-7]{32})"', page.content.decode())[1]
        self.client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})
        self.assertTrue(self.alice.authenticator_set.filter(type="totp").exists())

    def test_other_sessions_can_be_ended(self):
        elsewhere = self.client_class()
        for client in (elsewhere, self.client):
            client.post(reverse("account_login"), {"login": "alice", "password": PASSWORD})
        self.client.post(reverse("usersessions_list"))
        self.assertRedirects(
            elsewhere.get(reverse("account")), reverse("account_login") + "?next=/account/"
        )
        self.assertEqual(self.client.get(reverse("account")).status_code, 200)


@override_settings(ACCOUNT_EMAIL_VERIFICATION="mandatory")
class EmailVerificationTests(SiteTestCase):
    def test_account_made_by_the_api_opens_after_the_link_was_followed(self):
        body = {"username": "dora", "password": PASSWORD, "email": "dora@example.org"}
        self.assertEqual(self.client.post("/api/register/", body).status_code, 200)
        refused = self.client.get("/api/me/", headers=basic(PASSWORD, "dora"))
        self.assertEqual(refused.json()["code"], "email_unverified")
        link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
        self.client.post(link)
        self.assertTrue(EmailAddress.objects.get(email="dora@example.org").verified)
        self.assertEqual(
            self.client.get("/api/me/", headers=basic(PASSWORD, "dora")).status_code, 200
        )

    def test_address_is_asked_for(self):
        response = self.client.post("/api/register/", {"username": "d", "password": PASSWORD})
        self.assertIn("email", response.json())
