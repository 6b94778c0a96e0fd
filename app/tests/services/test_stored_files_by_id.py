"""Files that are stored first and submitted later."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from app.models import Upload
from app.ocr.errors import OcrError
from app.services.limits.caller import Caller
from app.services.operations import retention
from app.services.submission import stored
from app.tests.base import SiteTestCase
from app.tests.factories import image_file, make_job


class StoredTests(SiteTestCase):
    def store(self, user) -> tuple[str, Upload]:
        return stored.store(file=image_file(), name="a.png", caller=Caller(user))

    def assert_not_found(self, file_id: str, user) -> None:
        with self.assertRaises(OcrError) as caught:
            stored.find(file_id=file_id, caller=Caller(user))
        self.assertEqual(caught.exception.code, "not_found")

    def test_a_file_belongs_to_its_account(self):
        file_id, upload = self.store(self.alice)
        self.assertEqual(stored.find(file_id=file_id, caller=Caller(self.alice)), upload)
        for other in (self.charlie, self.bob, AnonymousUser()):
            self.assert_not_found(file_id, other)

    def test_without_an_account_the_id_is_the_secret(self):
        file_id, upload = self.store(AnonymousUser())
        self.assertNotEqual(file_id, str(upload.pk))
        self.assertEqual(stored.find(file_id=file_id, caller=Caller(AnonymousUser())), upload)
        self.assert_not_found(str(upload.pk), AnonymousUser())
        self.assert_not_found(file_id, self.alice)

    def test_ids_that_are_none(self):
        for file_id in ("", "x", "1" * 40):
            self.assert_not_found(file_id, self.alice)
            self.assert_not_found(file_id, AnonymousUser())

    def test_entries_of_the_history_are_no_stored_files(self):
        self.assert_not_found(str(make_job(self.alice).upload_id), self.alice)

    def test_tokens_end(self):
        _, upload = self.store(self.alice)
        token = stored.signed(upload=upload, hours=1)
        self.assertEqual(stored.by_token(token=token), upload)
        later = timezone.now() + timedelta(hours=2)
        with (
            patch("app.services.submission.stored.timezone.now", return_value=later),
            self.assertRaises(OcrError),
        ):
            stored.by_token(token=token)
        with self.assertRaises(OcrError):
            stored.by_token(token=token[:-2])

    def test_retention_deletes_them(self):
        _, upload = self.store(self.alice)
        later = timezone.now() + timedelta(hours=2)
        with patch("app.services.operations.retention.timezone.now", return_value=later):
            retention.prune()
        self.assertFalse(Upload.objects.filter(pk=upload.pk).exists())
