"""Finished pages of running, failed or cancelled documents: download, and continuation."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from app.exports.base import ExportOptions
from app.models import Job, Status
from app.ocr.images import SourceFile
from app.ocr.options import Options
from app.services import jobs
from app.services.history import exports, shares
from app.services.jobs.execution.lease import Claim, claim_next
from app.services.jobs.execution.outcome import record_cancelled, store_page
from app.services.jobs.execution.run import run
from app.services.jobs.submit import submit
from app.services.submission import uploads
from app.tests.factories import encoded, image_file, make_page
from app.tests.services.jobs.base import QueueTestCase, SpyReader
from app.tests.worker.hostile import one_word_page


class FourPages(SpyReader):
    def page_numbers(self, file: SourceFile, options: Options) -> tuple[int, ...]:
        return (1, 2, 3, 4)


class PartialResultTests(QueueTestCase):
    def text(self, job: Job) -> str:
        rendered = exports.render(job=job, format="txt", options=ExportOptions())
        with default_storage.open(rendered.stored_name) as file:
            return file.read().decode()

    def running(self) -> tuple[Job, Claim]:
        """A document whose first page is about to be read."""
        page = Image.new("RGB", (300, 200), "white")
        document = encoded(page, "PDF", save_all=True, append_images=[page] * 3)
        upload = uploads.store(
            content=image_file("a.pdf", document),
            name="a.pdf",
            owner=self.alice,
            visitor="",
            max_bytes=10**7,
        )
        job = submit(upload=upload, options=Options())
        claim = claim_next()
        claim.write(pages_total=4)
        job.refresh_from_db()
        return job, claim

    def stopped(self) -> Job:
        """A document of four pages that was cancelled after two."""
        job, claim = self.running()
        for number in (1, 2):
            store_page(claim, make_page(f"page {number}", number=number))
        record_cancelled(claim)
        job.refresh_from_db()
        return job

    def test_running_document_is_exported_as_far_as_it_is(self):
        job, claim = self.running()
        with self.assertRaisesMessage(Exception, "no result to export"):
            self.text(job)
        store_page(claim, one_word_page(1, "first"))
        self.assertEqual(self.text(job).split(), ["first"])
        store_page(claim, one_word_page(2, "second"))
        self.assertEqual(self.text(job).split(), ["first", "second"])

    def test_page_that_comes_meanwhile_is_in_the_next_export(self):
        job, claim = self.running()
        store_page(claim, one_word_page(1, "first"))
        pages = exports.StoredPages(job)
        store_page(claim, one_word_page(2, "second"))
        self.assertEqual((len(pages), [page.text for page in pages]), (1, ["first"]))

    def test_every_format_of_a_stopped_document_can_be_had(self):
        job = self.stopped()
        self.client.force_login(self.alice)
        for each in exports.formats():
            with self.subTest(each["name"]):
                address = f"/api/history/{job.pk}/export/{each['name']}/"
                answer = self.api(self.alice).get(address)
                self.assertEqual(answer.status_code, 200, getattr(answer, "content", b""))
                self.assertIn("2-pages", answer["Content-Disposition"])
                page = self.client.get(reverse("export", args=[job.pk, each["name"]]))
                self.assertEqual(page.status_code, 200)

    def test_stopped_document_goes_on_where_it_was_stopped(self):
        job = self.stopped()
        self.client.force_login(self.alice)
        page = self.client.get(reverse("entry", args=[job.pk]))
        self.assertContains(page, "Continue from page 3")
        self.assertContains(page, "export/docx/")
        self.client.post(reverse("retry", args=[job.pk]))
        reader = FourPages()
        run(claim_next(), reader)
        job.refresh_from_db()
        self.assertEqual((reader.numbers, job.status), ([3, 4], Status.DONE))
        self.assertEqual(self.text(job).split()[-2:], ["page", "4"])

    def test_text_of_a_stopped_document_is_found(self):
        job = self.stopped()
        self.assertEqual(job.text, "page 1\n\npage 2")
        found = self.api(self.alice).get("/api/history/?search=page").json()["results"]
        self.assertEqual([entry["id"] for entry in found], [str(job.pk)])

    def test_document_without_a_finished_page_is_tried_again(self):
        job = self.submit(self.alice, pages=4)
        jobs.cancel(job=job)
        self.client.force_login(self.alice)
        page = self.client.get(reverse("entry", args=[job.pk]))
        self.assertContains(page, "Try again")
        self.assertNotContains(page, "export/docx/")

    def test_share_link_shows_what_is_finished(self):
        job = self.stopped()
        token = shares.create(job=job, days=1).token
        self.assertContains(self.client.get(reverse("shared", args=[token])), "export/txt/")
