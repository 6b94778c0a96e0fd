from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from app.models import Share
from app.ocr.errors import OcrError
from app.services.history import shares, trash
from app.tests.base import SiteTestCase
from app.tests.factories import make_job


class ShareTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.job = make_job(self.alice)
        self.share = shares.create(job=self.job, days=7)

    def test_link_shows_its_entry_until_it_expires(self):
        self.assertEqual(shares.find(token=self.share.token).job, self.job)
        Share.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        self.assertIsNone(shares.find(token=self.share.token))

    def test_formats_are_known_ones(self):
        share = shares.create(job=self.job, days=7, formats=["txt", "pdf"])
        self.assertEqual(share.formats, ["pdf", "txt"])
        self.assertEqual(shares.create(job=self.job, days=7, formats=[]).formats, [])
        with self.assertRaises(OcrError):
            shares.create(job=self.job, days=7, formats=["exe"])

    def test_proof_of_a_password_ends_with_it(self):
        share = shares.create(job=self.job, days=7, password="open sesame")
        given = shares.unlock(share=share, password="open sesame")
        self.assertTrue(shares.is_unlocked(share=share, given=given))
        self.assertEqual(shares.unlock(share=share, password="wrong"), "")
        self.assertFalse(shares.is_unlocked(share=share, given=""))
        again = shares.create(job=self.job, days=7, password="open sesame")
        self.assertFalse(shares.is_unlocked(share=again, given=given))
        self.assertTrue(shares.is_unlocked(share=self.share, given=""))

    def test_link_to_a_discarded_entry_does_not_work(self):
        trash.discard(jobs=[self.job])
        self.assertIsNone(shares.find(token=self.share.token))

    def test_tokens_are_long_and_differ(self):
        other = shares.create(job=self.job, days=7)
        self.assertNotEqual(other.token, self.share.token)
        self.assertGreaterEqual(len(self.share.token), 43)

    def test_no_link_lives_for_ever(self):
        for days in (0, 366):
            with self.subTest(days=days), self.assertRaises(OcrError):
                shares.create(job=self.job, days=days)
