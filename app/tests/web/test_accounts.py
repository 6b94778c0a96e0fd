from __future__ import annotations

import re
from datetime import timedelta

from django.contrib.auth.models import User
from django.core import mail
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from app.models import Job, Usage
from app.services.limits import quotas
from app.tests.base import SiteTestCase
from app.tests.factories import PASSWORD, make_job, make_user

GOOD = "violet-anchor-77"


class SignUpTests(SiteTestCase):
    def sign_up(self, password=GOOD):
        fields = {"username": "dora", "password1": password, "password2": password}
        return self.client.post(reverse("account_signup"), fields)

    def test_new_account_is_signed_in(self):
        self.assertRedirects(self.sign_up(), reverse("upload"))
        self.assertContains(self.client.get("/"), "dora")

    def test_weak_password_is_refused_with_its_reason(self):
        self.assertContains(self.sign_up("12345678"), "entirely numeric")
        self.assertFalse(User.objects.filter(username="dora").exists())

    @override_settings(REGISTRATION_OPEN=False)
    def test_closed_site_takes_no_accounts(self):
        self.assertContains(self.sign_up(), "does not take new accounts")
        self.assertFalse(User.objects.filter(username="dora").exists())
        self.assertNotContains(self.client.get("/"), reverse("account_signup"))


class PasswordTests(SiteTestCase):
    def test_forgotten_password_is_reset_by_mail(self):
        make_user("erin", email="erin@example.org")
        self.client.post(reverse("account_reset_password"), {"email": "erin@example.org"})
        link = re.search(r"http://\S+", mail.outbox[0].body).group()
        form = self.client.get(link, follow=True)
        action = form.redirect_chain[-1][0]
        self.client.post(action, {"password1": GOOD, "password2": GOOD})
        self.assertTrue(User.objects.get(username="erin").check_password(GOOD))

    def test_used_link_says_so(self):
        page = self.client.get(
            reverse("account_reset_password_from_key", args=["1", "set-password"])
        )
        self.assertContains(page, "no longer works")

    def test_change_needs_the_old_one(self):
        self.client.force_login(self.alice)
        address = reverse("account_change_password")
        fields = {"oldpassword": "wrong", "password1": GOOD, "password2": GOOD}
        self.client.post(address, fields)
        self.client.post(address, {**fields, "oldpassword": PASSWORD})
        self.alice.refresh_from_db()
        self.assertTrue(self.alice.check_password(GOOD))


class AccountPageTests(SiteTestCase):
    def test_needs_a_login(self):
        self.assertRedirects(
            self.client.get(reverse("account")), f"{reverse('account_login')}?next=/account/"
        )

    def test_counts_only_own_entries(self):
        make_job(self.alice, words=1234)
        make_job(self.charlie, words=1)
        self.client.force_login(self.alice)
        self.assertContains(self.client.get(reverse("account")), "1,234")

    def test_pages_of_today_are_told_with_the_quota(self):
        for owner, pages in ((self.alice, 312), (self.charlie, 5)):
            job = make_job(owner)
            quotas.add_page(job=job)
            Usage.objects.filter(owner=owner).update(pages=pages)
        self.client.force_login(self.alice)
        for quota, said in ((50_000, "312 of 50,000"), (0, "312")):
            with self.subTest(quota), override_settings(QUOTA_ACCOUNT=quota):
                page = strip_tags(self.client.get(reverse("account")).content.decode())
                shown = page.partition("Pages today")[2].partition("Pages per day")[0]
                self.assertEqual(" ".join(shown.split()), said)

    def test_pages_of_the_last_days_are_a_chart_with_a_table(self):
        for days, pages in ((0, 7), (3, 1234), (40, 999)):
            day = timezone.now().date() - timedelta(days=days)
            Usage.objects.create(day=day, subject=f"s{days}", owner=self.alice, pages=pages)
        Usage.objects.create(day=timezone.now().date(), subject="c", owner=self.charlie, pages=55)
        self.client.force_login(self.alice)
        page = self.client.get(reverse("account")).content.decode()
        numbers = re.findall(r"<td>([\d,]+)</td>", page)
        self.assertEqual(len(numbers), 30)
        self.assertEqual([number for number in numbers if number != "0"], ["7", "1,234"])

    def test_every_page_below_leads_back(self):
        self.client.force_login(self.alice)
        names = "keys activity webhooks usersessions_list account_email account_change_password"
        for name in (*names.split(), "mfa_index", "delete-account", "mfa_list_webauthn"):
            with self.subTest(name):
                page = self.client.get(reverse(name)).content.decode()
                self.assertIn('<p class="crumbs"><a href="/account/">', page)

    def test_deleting_needs_the_password_and_takes_everything(self):
        make_job(self.alice)
        self.client.force_login(self.alice)
        address = reverse("delete-account")
        self.assertContains(self.client.post(address, {"password": "wrong"}), "not your password")
        self.assertRedirects(self.client.post(address, {"password": PASSWORD}), "/")
        self.assertFalse(User.objects.filter(username="alice").exists())
        self.assertFalse(Job.objects.exists())


class EveryAccountPageTests(SiteTestCase):
    PAGES = (
        "account_login",
        "account_signup",
        "account_logout",
        "account_email",
        "account_change_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_reauthenticate",
        "account_email_verification_sent",
        "account_inactive",
        "account",
        "delete-account",
    )

    def test_stands_in_the_sites_frame_without_inline_code(self):
        for name in self.PAGES:
            if name not in ("account_login", "account_signup"):
                self.client.force_login(self.alice)
            else:
                self.client.logout()
            with self.subTest(name):
                page = self.client.get(reverse(name))
                self.assertContains(page, 'class="site-header"')
                self.assertNotRegex(
                    page.content.decode(),
                    r"<script(?![^>]*(\bsrc=|\bapplication/json))|<style| style=",
                )
