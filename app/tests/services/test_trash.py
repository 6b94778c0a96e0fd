from __future__ import annotations

from datetime import timedelta

from django.test import override_settings
from django.utils import timezone

from app.models import Job, Status
from app.services.history import trash
from app.services.operations import retention
from app.tests.base import SiteTestCase
from app.tests.factories import make_job


class TrashTests(SiteTestCase):
    def test_discarded_entry_is_seen_in_the_trash_only(self):
        job = make_job(self.alice)
        trash.discard(jobs=[job])
        self.assertFalse(Job.objects.visible_to(self.alice).exists())
        self.assertEqual(list(Job.objects.in_trash_of(self.alice)), [job])
        self.assertFalse(Job.objects.in_trash_of(self.charlie).exists())

    def test_restored_entry_is_back(self):
        job = make_job(self.alice)
        trash.discard(jobs=[job])
        trash.restore(jobs=[job])
        self.assertTrue(Job.objects.visible_to(self.alice).exists())

    def test_waiting_job_is_not_run_for_the_trash(self):
        job = make_job(self.alice, status=Status.QUEUED)
        trash.discard(jobs=[job])
        job.refresh_from_db()
        self.assertEqual(job.status, Status.CANCELLED)

    @override_settings(TRASH_DAYS=30)
    def test_only_old_trash_is_deleted_for_good(self):
        old, young = make_job(self.alice), make_job(self.alice)
        trash.discard(jobs=[old, young])
        Job.objects.filter(pk=old.pk).update(deleted_at=timezone.now() - timedelta(days=31))
        retention.prune()
        self.assertEqual(list(Job.objects.in_trash_of(self.alice)), [young])
