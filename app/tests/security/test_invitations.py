from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from app.models import Invitation
from app.services.accounts import invitations
from app.tests.base import SiteTestCase

SECRET = "violet-anchor-77"


@override_settings(REGISTRATION_OPEN=False)
class InvitationTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.invitation, self.token = invitations.create(by=self.bob, note="for Dora")

    def sign_up(self, name):
        fields = {"username": name, "password1": SECRET, "password2": SECRET}
        return self.client.post(reverse("account_signup"), fields)

    def register(self, name, **more):
        body = {"username": name, "password": SECRET, **more}
        return self.client.post("/api/register/", body)

    def test_without_one_nobody_signs_up(self):
        self.sign_up("dora")
        self.assertEqual(self.register("dora").status_code, 403)
        self.assertEqual(self.register("dora", invitation="guessed").status_code, 403)
        self.assertFalse(User.objects.filter(username="dora").exists())

    def test_link_opens_the_page_for_one_account(self):
        self.client.get(reverse("invitation", args=[self.token]))
        self.sign_up("dora")
        self.client.logout()
        link = self.client.get(reverse("invitation", args=[self.token]))
        self.assertEqual(link.status_code, 404)
        self.sign_up("erik")
        self.assertEqual(User.objects.filter(username__in=("dora", "erik")).count(), 1)

    def test_two_who_followed_the_same_link_do_not_both_get_in(self):
        browsers = [self.client_class(), self.client_class()]
        for browser in browsers:
            browser.get(reverse("invitation", args=[self.token]))
        for browser, name in zip(browsers, ("dora", "erik"), strict=True):
            self.client = browser
            self.sign_up(name)
        self.assertEqual(User.objects.filter(username__in=("dora", "erik")).count(), 1)

    def test_program_registers_with_its_token(self):
        self.assertEqual(self.register("dora", invitation=self.token).status_code, 200)
        self.assertEqual(self.register("erik", invitation=self.token).status_code, 403)

    def test_refused_password_does_not_use_it_up(self):
        body = {"username": "dora", "password": "1", "invitation": self.token}
        self.assertEqual(self.client.post("/api/register/", body).status_code, 400)
        self.assertTrue(invitations.is_open(token=self.token))

    def test_expired_one_is_closed(self):
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        self.assertEqual(self.register("dora", invitation=self.token).status_code, 403)

    def test_staff_make_them_and_see_the_link_once(self):
        self.bob.is_superuser = True
        self.bob.save()
        self.client.force_login(self.bob)
        add = reverse("admin:app_invitation_add")
        page = self.client.post(add, {"note": "for Erik"}, follow=True)
        token = page.content.decode().partition("/account/invitation/")[2].partition("/")[0]
        self.assertTrue(invitations.is_open(token=token))
        self.assertNotContains(self.client.get(reverse("admin:app_invitation_changelist")), token)
        self.assertEqual(Invitation.objects.count(), 2)

    @override_settings(REGISTRATION_OPEN=True)
    def test_open_site_does_not_use_one_up(self):
        self.client.get(reverse("invitation", args=[self.token]))
        self.sign_up("dora")
        self.assertTrue(invitations.is_open(token=self.token))
