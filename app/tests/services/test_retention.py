from __future__ import annotations

import os
from datetime import timedelta

import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from app.models import Batch, BatchItem, Job, RequestKey, Upload
from app.services.operations import retention
from app.tests.base import SiteTestCase
from app.tests.factories import make_job, make_upload


def age(rows, **time) -> None:
    rows.update(created_at=timezone.now() - timedelta(**time))


def hours_ago(hours: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() - timedelta(hours=hours))


class PruneTests(SiteTestCase):
    def prune(self) -> dict[str, int]:
        with self.captureOnCommitCallbacks(execute=True):
            return retention.prune()

    def test_anonymous_results_go_after_a_day_with_their_files(self):
        with hours_ago(25):
            old, owned = make_job(visitor="v"), make_job(self.alice)
        new = make_job(visitor="v")
        self.assertEqual(self.prune()["jobs"], 1)
        self.assertFalse(default_storage.exists(old.upload.file.name))
        for job in (new, owned):
            self.assertTrue(default_storage.exists(job.upload.file.name))
            self.assertTrue(Job.objects.filter(pk=job.pk).exists())

    def test_everybodys_history_goes_by_setting_but_no_unfinished_job(self):
        with hours_ago(31 * 24):
            old, waiting = make_job(self.alice), make_job(self.alice, status="queued")
        make_job(self.alice)
        self.assertEqual(self.prune()["jobs"], 0)
        with self.settings(RETENTION_DAYS=30):
            self.assertEqual(self.prune()["jobs"], 1)
        self.assertEqual(Job.objects.earliest("id"), waiting)
        self.assertEqual(Job.objects.count(), 2)
        self.assertFalse(Upload.objects.filter(pk=old.upload_id).exists())

    def test_upload_without_a_job_goes_once_it_is_settled(self):
        with hours_ago(2):
            lone = make_upload(self.alice)
        fresh = make_upload(self.alice)
        self.assertEqual(self.prune()["uploads"], 1)
        self.assertFalse(default_storage.exists(lone.file.name))
        self.assertTrue(default_storage.exists(fresh.file.name))

    def test_file_without_an_upload_goes_once_it_is_settled(self):
        kept = make_job(self.alice).upload.file.name
        folder = kept.rpartition("/")[0]
        lone = default_storage.save(f"{folder}/lone.png", ContentFile(b"x"))
        fresh = default_storage.save(f"{folder}/fresh.png", ContentFile(b"x"))
        for name in (kept, lone):
            os.utime(default_storage.path(name), (0, 0))
        self.assertEqual(self.prune()["files"], 1)
        self.assertEqual(
            [default_storage.exists(name) for name in (kept, fresh, lone)], [True, True, False]
        )

    def test_request_keys_are_forgotten_after_a_day(self):
        RequestKey.objects.create(sender="user:1", key="old", fingerprint="")
        age(RequestKey.objects.all(), hours=25)
        RequestKey.objects.create(sender="user:1", key="new", fingerprint="")
        self.prune()
        self.assertEqual([row.key for row in RequestKey.objects.all()], ["new"])

    def test_batches_go_when_no_file_of_them_is_left(self):
        kept, empty, fresh = (Batch.objects.create(owner=self.alice) for _ in range(3))
        BatchItem.objects.create(batch=kept, number=1, job=make_job(self.alice))
        for batch in (kept, empty):
            BatchItem.objects.create(batch=batch, number=2, error_code="unsupported_type")
        visitors = Batch.objects.create(visitor="secret")
        age(Batch.objects.exclude(pk=fresh.pk), hours=25)
        self.prune()
        self.assertEqual(set(Batch.objects.all()), {kept, fresh})
        self.assertFalse(Batch.objects.filter(pk=visitors.pk).exists())

    def test_command_says_what_it_deleted(self):
        from io import StringIO

        output = StringIO()
        call_command("prune", stdout=output)
        self.assertEqual(output.getvalue(), "Deleted: 0 jobs, 0 uploads, 0 files.\n")
