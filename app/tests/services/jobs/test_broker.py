"""JOB_DELIVERY=celery without a broker: what is sent where, and what the reaper sends again."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from django.test import override_settings
from django.utils import timezone

from app.models import Job, Priority
from app.ocr.errors import OcrError
from app.services import jobs
from app.services.jobs.execution.lease import claim_next

from .base import QueueTestCase

pytest.importorskip("celery")

from app.services.jobs.wakeup import celery
from app.services.jobs.wakeup.resend import resend

NOBODY_LISTENS = "redis://127.0.0.1:9/0"


@override_settings(JOB_DELIVERY="celery")
class BrokerTests(QueueTestCase):
    def setUp(self):
        super().setUp()
        self.sent = self.enterContext(mock.patch.object(celery.celery, "send_task"))
        self.check = self.enterContext(mock.patch.object(celery, "check"))

    def ids(self) -> list[str]:
        return [call.args[1][0] for call in self.sent.call_args_list]

    def test_id_is_sent_when_the_transaction_is_committed(self):
        with self.captureOnCommitCallbacks(execute=True):
            job = self.submit(self.alice)
            self.assertEqual(self.ids(), [])
        self.assertEqual(self.ids(), [str(job.pk)])

    def test_queue_is_chosen_by_priority_or_by_engine(self):
        page = Job(engine="tesseract", priority=Priority.INTERACTIVE)
        batch = Job(engine="tesseract", priority=Priority.BATCH)
        large = Job(engine="large", priority=Priority.BATCH)
        with override_settings(CELERY_ENGINE_QUEUES={"large": "gpu"}):
            queues = [celery.queue_of(job) for job in (page, batch, large)]
            self.assertIn("gpu", celery.queue_names())
        self.assertEqual(queues, ["ocr.interactive", "ocr.batch", "gpu"])

    def test_pause_after_a_crash_is_kept_by_the_broker(self):
        celery.send(Job(run_after=timezone.now() + timedelta(seconds=30)))
        self.assertAlmostEqual(self.sent.call_args.kwargs["countdown"], 30, delta=1)

    def test_broker_that_is_away_refuses_new_work_before_anything_is_stored(self):
        self.check.side_effect = OcrError("unavailable", "away")
        with self.assertRaises(OcrError):
            self.submit(self.alice)
        self.assertEqual(Job.objects.count(), 0)

    def test_broker_that_goes_away_after_the_commit_loses_nothing(self):
        from kombu.exceptions import OperationalError

        self.sent.side_effect = OperationalError("gone")
        with self.captureOnCommitCallbacks(execute=True), self.assertLogs("app.services.jobs"):
            job = self.submit(self.alice)
        self.sent.side_effect = None
        self.sent.reset_mock()
        self.make_old()
        with mock.patch.object(celery, "waiting_messages", return_value=0):
            self.assertEqual(resend(), 1)
        self.assertEqual(self.ids(), [str(job.pk)])

    def test_nothing_is_sent_again_that_is_under_way(self):
        self.submit(self.alice)
        with mock.patch.object(celery, "waiting_messages", return_value=0):
            self.assertEqual(resend(), 0)  # young
            self.make_old()
            with mock.patch.object(celery, "waiting_messages", return_value=3):
                self.assertEqual(resend(), 0)
            claim_next()
            self.assertEqual(resend(), 0)  # running
            jobs.cancel(job=Job.objects.get())
            self.assertEqual(resend(), 0)

    def make_old(self) -> None:
        Job.objects.update(updated_at=timezone.now() - timedelta(minutes=1))


def test_check_finds_that_nobody_listens():
    nobody = mock.patch.object(celery, "celery", celery.Celery(broker=NOBODY_LISTENS))
    with nobody, pytest.raises(OcrError) as caught:
        celery.check()
    assert caught.value.code == "unavailable"
