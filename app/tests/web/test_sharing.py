from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from app.models import Share
from app.services.history import shares
from app.tests.base import SiteTestCase
from app.tests.factories import draw_pictures, make_job


class SharingTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.job = make_job(self.alice, text="Hello world", notes="private", tags=["secret"])
        draw_pictures(self.job)
        self.client.force_login(self.alice)
        self.client.post(
            reverse("create-share", args=[self.job.pk]), {"days": 7, "formats": ["txt"]}
        )
        self.share = Share.objects.get()
        self.anybody = Client()

    def get(self, name="shared", *args):
        return self.anybody.get(reverse(name, args=[self.share.token, *args]))

    def test_anybody_with_the_link_reads_and_sees(self):
        self.assertContains(self.get(), "world</span>")
        self.assertEqual(self.get("shared-page-picture", 1).status_code, 200)
        self.assertEqual(self.get("shared-export", "txt").status_code, 200)

    def test_nothing_private_and_nothing_to_change_is_shown(self):
        page = self.get().content.decode()
        for word in ("private", "secret", "discard/", "file/", "/text/", "shares/"):
            with self.subTest(word):
                self.assertNotIn(word, page)

    def test_not_for_search_engines_nor_caches(self):
        response = self.get()
        self.assertIn("noindex", response["X-Robots-Tag"])
        self.assertIn("no-store", response["Cache-Control"])

    def test_revoked_or_expired_link_is_404_for_everything(self):
        Share.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
        self.assertEqual(self.get().status_code, 404)
        self.assertEqual(self.get("shared-page-picture", 1).status_code, 404)
        self.client.post(reverse("revoke-share", args=[self.job.pk, self.share.pk]))
        self.assertFalse(Share.objects.exists())

    def test_downloads_are_those_that_the_owner_chose(self):
        Share.objects.update(formats=["docx", "pdf"])
        page = self.get().content.decode()
        self.assertIn("export/pdf/", page)
        self.assertIn("export/docx/", page)
        self.assertNotIn("export/txt/", page)
        self.assertEqual(self.get("shared-export", "docx").status_code, 200)
        for name in ("txt", "json", "xlsx"):
            self.assertEqual(self.get("shared-export", name).status_code, 404)

    def test_formats_that_no_link_offers_are_refused(self):
        fields = {"days": 7, "formats": ["json"]}
        self.client.post(reverse("create-share", args=[self.job.pk]), fields)
        self.assertEqual(Share.objects.count(), 1)

    def test_page_says_who_can_see_it(self):
        self.assertContains(self.get(), "Everyone who has the link can see this page until")

    def test_stranger_can_neither_share_nor_revoke(self):
        self.client.force_login(self.charlie)
        address = reverse("create-share", args=[self.job.pk])
        self.assertEqual(self.client.post(address, {"days": 1}).status_code, 404)
        address = reverse("revoke-share", args=[self.job.pk, self.share.pk])
        self.assertEqual(self.client.post(address).status_code, 404)
        self.assertEqual(Share.objects.count(), 1)

    def test_lifetime_is_one_of_those_offered(self):
        self.client.post(reverse("create-share", args=[self.job.pk]), {"days": 9999})
        self.assertEqual(Share.objects.count(), 1)


class PasswordTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.job = make_job(self.alice, text="Hello world")
        draw_pictures(self.job)
        self.share = shares.create(job=self.job, days=7, password="open sesame")
        self.url = reverse("shared", args=[self.share.token])
        self.parts = [self.url + part for part in ("export/txt/", "pages/1/picture/", "thumbnail/")]

    def unlock(self, password: str = "open sesame"):
        return self.client.post(self.url, {"password": password})

    def test_nothing_is_shown_before_the_password(self):
        page = self.client.get(self.url)
        self.assertContains(page, 'name="password"')
        self.assertNotContains(page, "world")
        self.assertNotContains(page, "hello.png")
        for address in self.parts:
            self.assertEqual(self.client.get(address).status_code, 404)

    def test_password_opens_the_page_and_its_parts_for_this_browser(self):
        self.assertRedirects(self.unlock(), self.url)
        page = self.client.get(self.url)
        self.assertContains(page, "world</span>")
        self.assertContains(page, "the link and its password")
        for address in self.parts:
            self.assertEqual(self.client.get(address).status_code, 200)
            self.assertEqual(Client().get(address).status_code, 404)

    def test_wrong_password(self):
        for password in ("open", "", "Open sesame"):
            answer = self.unlock(password)
            self.assertContains(answer, "field-errors", status_code=403)
        self.assertEqual(self.client.get(self.parts[0]).status_code, 404)

    def test_password_of_one_link_opens_no_other(self):
        other = shares.create(job=make_job(self.alice), days=7, password="another")
        self.unlock()
        page = self.client.get(reverse("shared", args=[other.token]))
        self.assertContains(page, 'name="password"')

    def test_passwords_cannot_be_tried_without_end(self):
        answers = [self.unlock("wrong").status_code for _ in range(11)]
        self.assertEqual(answers, [403] * 10 + [429])
        answer = self.unlock()  # even the right one
        self.assertEqual(answer.status_code, 429)
        self.assertGreater(int(answer["Retry-After"]), 0)

    def test_password_is_stored_as_a_hash(self):
        self.share.refresh_from_db()
        self.assertNotIn("sesame", self.share.password)
        self.client.force_login(self.alice)
        entry = self.client.get(reverse("entry", args=[self.job.pk])).content.decode()
        self.assertNotIn(self.share.password, entry)
        self.assertIn("with a password", entry)
