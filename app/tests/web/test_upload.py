from __future__ import annotations

import io
import zipfile
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from PIL import Image

from app.models import Batch, BatchItem, Job
from app.services import outbound
from app.tests.base import SiteTestCase
from app.tests.factories import encoded, image_file, text_png


class UploadPageTests(SiteTestCase):
    def post(self, *files, **fields):
        return self.client.post(reverse("recognize"), {"image": list(files), **fields})

    def test_page_offers_installed_languages_and_engines(self):
        page = self.client.get("/")
        self.assertContains(page, '<option value="eng">')
        self.assertContains(page, '<option value="tesseract">')

    def test_page_offers_all_formats_for_one_file_and_for_all_files(self):
        page = self.client.get("/")
        self.assertContains(page, '<a href="export/txt/" data-format="txt" download>')
        self.assertContains(page, 'export/txt/" download><span class="menu-kind">zip</span>')

    def test_form_without_script_leads_to_the_entry_with_its_text(self):
        answer = self.client.post(reverse("recognize"), {"image": image_file()}, follow=True)
        job = Job.objects.get()
        self.assertRedirects(answer, reverse("entry", args=[job.pk]))
        self.assertContains(answer, "Hello")

    def test_several_files_are_one_batch_that_no_bad_one_sinks(self):
        files = [image_file("one.png"), image_file("bad.png", b"text"), image_file("two.png")]
        answer = self.post(*files)
        batch = Batch.objects.get()
        self.assertRedirects(answer, reverse("batch", args=[batch.pk]))
        states = [(item.file_name, item.error_code) for item in batch.items.order_by("number")]
        self.assertEqual(
            states, [("one.png", ""), ("bad.png", "unsupported_type"), ("two.png", "")]
        )
        self.assertEqual(Job.objects.filter(status="done").count(), 2)

    def test_archive_is_a_batch_of_what_is_in_it(self):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("one.png", text_png("One"))
            archive.writestr("two.png", text_png("Two"))
        self.post(SimpleUploadedFile("scans.zip", stream.getvalue(), "application/zip"))
        names = Batch.objects.get().items.order_by("number").values_list("file_name", flat=True)
        self.assertEqual(list(names), ["one.png", "two.png"])

    @override_settings(BATCH_MAX_FILES=1)
    def test_too_many_files_are_refused_together(self):
        answer = self.post(image_file("one.png"), image_file("two.png"))
        self.assertContains(answer, "at most 1 files", status_code=400)
        self.assertFalse(Job.objects.exists())

    def test_result_belongs_to_the_account(self):
        self.client.force_login(self.alice)
        self.post(image_file())
        self.assertEqual(Job.objects.get().owner, self.alice)

    def test_chosen_engine_and_language_are_used(self):
        self.post(image_file(), engine="tesseract", language="eng")
        job = Job.objects.get()
        self.assertEqual((job.engine_used, job.language_used), ("tesseract", "eng"))

    def test_further_languages_join_the_first(self):
        self.post(
            image_file(), engine="tesseract", language="eng", further_languages=["osd", "eng"]
        )
        self.assertFalse(Job.objects.exists())  # osd is not a language to choose
        self.post(image_file(), engine="tesseract", further_languages=["eng"])
        self.assertEqual(Job.objects.get().recognition_options.languages, ("eng",))

    def test_finding_out_needs_no_further_languages(self):
        self.post(image_file(), language="auto", further_languages=["eng"])
        self.assertEqual(Job.objects.get().recognition_options.languages, ("auto",))

    def test_file_that_is_no_picture_is_refused_and_not_kept(self):
        answer = self.post(image_file("notes.png", b"just text"))
        self.assertContains(answer, "not read", status_code=400)
        self.assertFalse(Job.objects.exists())

    def test_nothing_chosen_is_said(self):
        answer = self.client.post(reverse("recognize"), {})
        self.assertContains(answer, "This field is required", status_code=400)

    def test_file_at_a_web_address_is_read_under_its_name(self):
        answer = outbound.Answer(200, {}, text_png(), "https://example.org/scans/my%20page.png")
        with mock.patch("app.services.outbound.request", return_value=answer) as request:
            self.client.post(reverse("recognize"), {"url": "https://example.org/scan"})
        self.assertEqual(request.call_args.args, ("GET", "https://example.org/scan"))
        self.assertEqual(Job.objects.get().upload.name, "my page.png")

    def test_address_inside_the_network_is_not_called(self):
        answer = self.client.post(reverse("recognize"), {"url": "http://127.0.0.1/secret.png"})
        self.assertContains(answer, "not on the public Internet", status_code=400)

    def test_address_without_a_file_is_refused(self):
        answer = outbound.Answer(404, {}, b"", "https://example.org/scan")
        with mock.patch("app.services.outbound.request", return_value=answer):
            page = self.client.post(reverse("recognize"), {"url": "https://example.org/scan"})
        self.assertContains(page, "status 404", status_code=400)

    @override_settings(ANONYMOUS_MAX_BYTES=100)
    def test_too_large_document_is_413(self):
        document = SimpleUploadedFile("a.pdf", encoded(Image.new("RGB", (200, 200)), "PDF"))
        self.assertEqual(self.post(document).status_code, 413)

    @override_settings(ANONYMOUS_MAX_BYTES=100)
    def test_visitors_photo_has_a_limit_of_pixels_and_not_of_bytes(self):
        self.assertEqual(self.post(image_file()).status_code, 302)
        with override_settings(ACCOUNT_MAX_BYTES=200):
            self.assertEqual(self.post(image_file()).status_code, 413)

    @override_settings(ANONYMOUS_MAX_BYTES=100)
    def test_so_have_several_photos_and_those_that_the_pages_script_cannot_shrink(self):
        photos = [image_file("1.png"), image_file("2.png")]
        document = SimpleUploadedFile("a.pdf", encoded(Image.new("RGB", (200, 200)), "PDF"))
        self.post(*photos, document)
        codes = [item.error_code for item in BatchItem.objects.order_by("number")]
        self.assertEqual(codes, ["", "", "file_too_large"])
        program = self.api().post("/api/ocr/", {"image": image_file()}, format="multipart")
        self.assertEqual(program.status_code, 413)  # programs can reduce theirs
        self.client.post(reverse("begin-visit"))
        for sent, status in ((image_file(), 200), (document, 413)):
            sent.seek(0)
            answer = self.client.post("/api/ocr/", {"image": sent})
            self.assertEqual(answer.status_code, status, answer.content)
        answer = self.client.post("/api/batches/", {"images": [image_file("3.png")]})
        self.assertEqual(answer.json()["items"][0]["error_code"], "")

    @override_settings(ANONYMOUS_OCR=False)
    def test_visitors_are_sent_to_sign_in_where_only_accounts_may_read(self):
        self.assertNotContains(self.client.get("/"), "<upload-zone")
        self.assertRedirects(self.post(image_file()), reverse("account_login"))
        self.assertFalse(Job.objects.exists())
