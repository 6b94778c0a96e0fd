"""Deletion leaves no file behind, however an entry is deleted."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

from django.contrib.auth.models import User
from django.core.files.storage import FileSystemStorage
from django.urls import reverse

from app.exports.base import ExportOptions
from app.models import Job
from app.ocr.errors import OcrError
from app.services.accounts import accounts, audit
from app.services.history import entries, exports
from app.tests.base import SiteTestCase
from app.tests.factories import draw_pictures, make_job


class ErasingTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.job = make_job(self.alice)
        draw_pictures(self.job)
        exports.render(job=self.job, format="txt", options=ExportOptions())

    def files(self) -> list[str]:
        return sorted(path.name for path in Path(self.media).rglob("*") if path.is_file())

    def test_account_takes_uploads_pictures_and_exports_along(self):
        self.assertEqual(len(self.files()), 4)
        with self.captureOnCommitCallbacks(execute=True):
            accounts.delete(user=self.alice)
        self.assertEqual(self.files(), [])

    def test_account_that_staff_delete_too(self):
        self.bob.is_superuser = True
        self.bob.save()
        audit.record(action="signed_in", user=self.alice)
        self.client.force_login(self.bob)
        one = reverse("admin:auth_user_delete", args=[self.alice.pk])
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(one, {"post": "yes"})
        self.assertFalse(User.objects.filter(username="alice").exists())
        self.assertEqual(self.files(), [])

    def test_accounts_that_staff_choose_from_the_list_too(self):
        self.bob.is_superuser = True
        self.bob.save()
        self.client.force_login(self.bob)
        chosen = {"action": "delete_selected", "_selected_action": [self.alice.pk], "post": "yes"}
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(reverse("admin:auth_user_changelist"), chosen)
        self.assertEqual(self.files(), [])

    def test_bucket_without_folders_is_emptied_too(self):
        def exists(storage, name):
            return Path(storage.path(name)).is_file()

        with (
            mock.patch.object(FileSystemStorage, "exists", exists),
            self.captureOnCommitCallbacks(execute=True),
        ):
            entries.delete(jobs=[self.job])
        self.assertEqual(self.files(), [])


class MeanwhileTests(SiteTestCase):
    """An entry deleted while another process writes one of its files."""

    def files(self) -> list[Path]:
        return [path for path in Path(self.media).rglob("*") if path.is_file()]

    def delete(self, *args, **kwargs):
        with self.captureOnCommitCallbacks(execute=True):
            entries.delete(jobs=Job.objects.all())

    def test_export_leaves_nothing(self):
        job = make_job(self.alice)
        written = mock.patch.object(exports, "write", self.delete)
        with written, self.assertRaises(OcrError) as caught:
            exports.render(job=job, format="txt", options=ExportOptions())
        self.assertEqual(caught.exception.code, "not_found")
        self.assertEqual(self.files(), [])

    def test_pictures_leave_nothing(self):
        job = make_job(self.alice)
        drawn = "app.recognition.recognizer.Recognizer.previews"

        def previews(*args, **kwargs):
            self.delete()
            return b"small", b"large"

        with mock.patch(drawn, previews):
            draw_pictures(job)
        self.assertEqual(self.files(), [])
