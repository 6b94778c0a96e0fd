"""Long documents yield to others between two pages."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

from app.models import Priority, Status
from app.services.jobs.execution.lease import claim_next
from app.services.jobs.execution.run import run

from .base import QueueTestCase, SpyReader


class SharingTests(QueueTestCase):
    def test_batch_gives_way_to_an_interactive_page_and_goes_on_later(self):
        document = self.submit(self.alice, pages=3, priority=Priority.BATCH)

        def urgent_job_comes(number):
            if number == 2:
                self.submit(self.alice, priority=Priority.INTERACTIVE)

        run(claim_next(), SpyReader(urgent_job_comes))
        document.refresh_from_db()
        self.assertEqual((document.status, document.pages_done), (Status.QUEUED, 2))
        run(claim_next(), SpyReader())
        reader = SpyReader()
        run(claim_next(), reader)
        document.refresh_from_db()
        self.assertEqual((document.status, reader.numbers), (Status.DONE, [3]))

    def test_long_document_gives_way_to_others_after_its_slice_of_time(self):
        document = self.submit(self.alice, pages=3)
        claim = claim_next()
        other = self.submit(self.charlie)
        with mock.patch("app.services.jobs.queue.TIME_SLICE", timedelta(0)):
            run(claim, SpyReader())
        document.refresh_from_db()
        self.assertEqual((document.status, document.pages_done), (Status.QUEUED, 1))
        self.assertEqual(claim_next().job, other)

    def test_own_further_jobs_do_not_interrupt_a_document(self):
        document = self.submit(self.alice, pages=3)
        claim = claim_next()
        self.submit(self.alice)
        with mock.patch("app.services.jobs.queue.TIME_SLICE", timedelta(0)):
            run(claim, SpyReader())
        document.refresh_from_db()
        self.assertEqual(document.status, Status.DONE)

    def test_stopping_worker_leaves_the_rest_to_others(self):
        document = self.submit(self.alice, pages=3)
        run(claim_next(), SpyReader(), stopping=lambda: True)
        document.refresh_from_db()
        self.assertEqual((document.status, document.pages_done), (Status.QUEUED, 1))
