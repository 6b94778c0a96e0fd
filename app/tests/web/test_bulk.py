from __future__ import annotations

import io
import zipfile
from unittest import mock

from django.urls import reverse

from app.models import Job, Status
from app.ocr.errors import OcrError
from app.tests.base import SiteTestCase
from app.tests.factories import make_job


class BulkTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.alice)

    def act(self, action, *jobs, **fields):
        ids = [job.pk for job in jobs]
        return self.client.post(reverse("many"), {"action": action, "id": ids, **fields})

    def test_chosen_entries_go_to_the_trash_and_others_stay(self):
        first, second, kept = (make_job(self.alice) for _ in range(3))
        self.act("discard", first, second)
        self.assertEqual(list(Job.objects.visible_to(self.alice)), [kept])

    def test_entries_of_others_are_passed_over(self):
        foreign = make_job(self.charlie)
        self.act("discard", foreign)
        foreign.refresh_from_db()
        self.assertIsNone(foreign.deleted_at)

    def test_export_has_every_finished_entry_under_its_own_name(self):
        jobs = [make_job(self.alice, name="scan.png", text=text) for text in ("One", "Two")]
        unfinished = make_job(self.alice, status=Status.QUEUED)
        response = self.act("export", *jobs, unfinished, format="txt")
        archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
        texts = {name: archive.read(name).decode().strip() for name in archive.namelist()}
        self.assertEqual(sorted(texts), ["scan-2.txt", "scan.txt"])
        self.assertEqual(sorted(texts.values()), ["One", "Two"])

    def test_unknown_format_or_action_is_404(self):
        job = make_job(self.alice)
        self.assertEqual(self.act("export", job, format="exe").status_code, 404)
        self.assertEqual(self.act("explode", job).status_code, 404)

    def test_reading_again_adds_entries_of_the_same_files(self):
        job = make_job(self.alice)
        self.act("again", job)
        self.assertEqual(Job.objects.filter(upload=job.upload).count(), 2)

    def test_broker_that_is_away_is_said(self):
        away = OcrError("unavailable", "New work cannot be taken in at the moment.")
        with mock.patch("app.services.jobs.start.check", side_effect=[None, away]):
            self.act("again", make_job(self.alice), make_job(self.alice))
        page = self.client.get(reverse("history"))
        self.assertContains(page, away.message)
        self.assertContains(page, "1 file is read again.")

    def test_nothing_chosen_is_said(self):
        answer = self.client.post(reverse("many"), {"action": "discard"}, follow=True)
        self.assertContains(answer, "Choose entries first")
