"""The page of files that were sent together."""

from __future__ import annotations

import io
import zipfile

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from app.models import Batch, Job, Status
from app.ocr.options import Options
from app.services import batches
from app.services.batches import BatchFile
from app.services.history import trash
from app.services.jobs.execution.lease import claim_next
from app.services.jobs.execution.run import run
from app.tests.factories import image_file
from app.tests.services.jobs.base import QueueTestCase, SpyReader


class BatchPageTests(QueueTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.alice)

    def make(self, *names, owner=None, visitor="") -> Batch:
        """A waiting job for each name; "bad…" is no picture."""
        files = [
            BatchFile(name, image_file(name, b"text" if name.startswith("bad") else None))
            for name in names
        ]
        return batches.create(
            files=files, owner=owner, visitor=visitor, options=Options(), cache=False
        )

    def page(self, batch):
        return self.client.get(reverse("batch", args=[batch.pk]))

    def export(self, batch, name, **query):
        return self.client.get(reverse("batch-export", args=[batch.pk, name]), query)

    def test_shows_every_file_and_how_many_are_read(self):
        batch = self.make("one.png", "bad.png", "two.png", owner=self.alice)
        run(claim_next(), SpyReader())
        page = self.page(batch)
        self.assertContains(page, "1 of 3 files read")
        self.assertContains(page, "This file type is not read")
        self.assertContains(page, "Waiting")
        self.assertContains(page, "<batch-watch")
        self.assertContains(page, 'http-equiv="refresh"')
        run(claim_next(), SpyReader())
        page = self.page(batch)
        self.assertContains(page, "2 of 3 files read")
        self.assertNotContains(page, "<batch-watch")

    def test_cancels_what_has_not_ended(self):
        batch = self.make("one.png", "two.png", owner=self.alice)
        run(claim_next(), SpyReader())
        page = self.client.post(reverse("cancel-batch", args=[batch.pk]), follow=True)
        self.assertContains(page, "Cancelled")
        states = Job.objects.order_by("pk").values_list("status", flat=True)
        self.assertEqual(list(states), [Status.DONE, Status.CANCELLED])
        page = self.client.post(reverse("retry-batch", args=[batch.pk]), follow=True)
        self.assertContains(page, "Waiting")
        run(claim_next(), SpyReader())
        self.assertContains(self.page(batch), "2 of 2 files read")

    def test_results_come_as_a_zip_or_as_one_document(self):
        batch = self.make("one.png", "two.png", owner=self.alice)
        for _ in range(2):
            run(claim_next(), SpyReader())
        with zipfile.ZipFile(io.BytesIO(self.export(batch, "txt").getvalue())) as archive:
            self.assertEqual(archive.namelist(), ["one.txt", "two.txt"])
        merged = self.export(batch, "txt", merged="true").getvalue().decode()
        self.assertEqual(merged.count("page 1"), 2)
        self.assertEqual(self.export(batch, "nonsense").status_code, 404)

    def test_what_lies_in_the_trash_is_left_out(self):
        batch = self.make("one.png", "two.png", owner=self.alice)
        for _ in range(2):
            run(claim_next(), SpyReader())
        trash.discard(jobs=[Job.objects.order_by("pk").first()])
        with zipfile.ZipFile(io.BytesIO(self.export(batch, "txt").getvalue())) as archive:
            self.assertEqual(archive.namelist(), ["two.txt"])

    def test_visitors_see_their_own(self):
        self.client.logout()
        session = self.client.session
        session["visitor"] = "own-secret"
        session.save()
        self.assertEqual(self.page(self.make("one.png", visitor="own-secret")).status_code, 200)
        self.assertEqual(self.page(self.make("one.png", visitor="other")).status_code, 404)

    def test_entry_leads_to_the_files_that_came_with_it(self):
        batch = self.make("one.png", "two.png", owner=self.alice)
        entry = reverse("entry", args=[Job.objects.first().pk])
        self.assertContains(self.client.get(entry), reverse("batch", args=[batch.pk]))

    def test_cost_does_not_grow_with_the_files(self):
        few = self.make("1.png", owner=self.alice)
        many = self.make(*(f"{n}.png" for n in range(6)), owner=self.alice)
        with CaptureQueriesContext(connection) as queries:
            self.page(few)
        with self.assertNumQueries(len(queries)):
            self.page(many)
