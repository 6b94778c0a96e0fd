from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from app.models import Share
from app.tests.base import SiteTestCase
from app.tests.factories import draw_pictures, make_job


class SharingTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.job = make_job(self.alice, text="Hello world", notes="private", tags=["secret"])
        draw_pictures(self.job)
        self.client.force_login(self.alice)
        self.client.post(reverse("create-share", args=[self.job.pk]), {"days": 7})
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
