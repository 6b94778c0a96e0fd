from __future__ import annotations

import io
import json

import img2pdf
import pikepdf
from django.core.files.storage import default_storage

from app.exports.registry import EXPORTS
from app.models import Job, Status
from app.tests.base import SiteTestCase
from app.tests.factories import image_file, make_job, text_png


class ExportTests(SiteTestCase):
    def url(self, job, name: str) -> str:
        return f"/api/history/{job.pk}/export/{name}/"

    def export(self, job, name: str, user=None, **options):
        return self.api(user or self.alice).get(self.url(job, name), **options)

    def test_every_format_is_listed_and_served_as_a_download(self):
        job = make_job(self.alice, text="Hello world\nsecond line", name="Brief №7.png")
        listed = {entry["name"]: entry for entry in self.client.get("/api/exports/").json()}
        self.assertEqual(list(listed), list(EXPORTS))
        for name, entry in listed.items():
            with self.subTest(name):
                response = self.export(job, name, HTTP_ACCEPT="text/x-whatever")
                self.assertEqual(response.status_code, 200)
                self.assertEqual(response["Content-Type"], entry["media_type"])
                disposition = response["Content-Disposition"]
                self.assertTrue(disposition.startswith("attachment;"), disposition)
                self.assertIn("filename*=utf-8''Brief%20%E2%84%967.", disposition)
                self.assertGreater(len(b"".join(response.streaming_content)), 10)

    def test_export_is_rendered_once_per_version_and_not_sent_twice(self):
        job = make_job(self.alice, text="He11o")
        first = self.export(job, "txt")
        self.assertEqual(b"".join(first.streaming_content).strip(), b"He11o")
        again = self.export(job, "txt", HTTP_IF_NONE_MATCH=first["ETag"])
        self.assertEqual((again.status_code, again.content), (304, b""))
        self.assertEqual(len(default_storage.listdir(f"exports/{job.pk}")[1]), 1)
        change = {"corrected_text": "Hello"}
        with self.captureOnCommitCallbacks(execute=True):
            self.api(self.alice).patch(f"/api/history/{job.pk}/", change, format="json")
        corrected = self.export(job, "txt", HTTP_IF_NONE_MATCH=first["ETag"])
        self.assertEqual(b"".join(corrected.streaming_content).strip(), b"Hello")

    def test_rendered_files_go_with_the_entry(self):
        job = make_job(self.alice)
        self.export(job, "json")
        with self.captureOnCommitCallbacks(execute=True):
            self.api(self.alice).delete(f"/api/history/{job.pk}/")
        self.assertFalse(default_storage.exists(f"exports/{job.pk}"))

    def test_encrypted_pdf_is_written_with_the_password_of_its_request(self):
        pdf, locked = io.BytesIO(img2pdf.convert(text_png())), io.BytesIO()
        secret = pikepdf.Encryption(owner="owner", user="secret")
        with pikepdf.open(pdf) as opened:
            opened.save(locked, encryption=secret)
        sent = {"image": image_file("locked.pdf", locked.getvalue()), "password": "secret"}
        answer = self.api(self.alice).post("/api/ocr/?format=pdf", sent, format="multipart")
        self.assertEqual(answer.status_code, 200)
        with pikepdf.open(io.BytesIO(b"".join(answer.streaming_content))) as exported:
            self.assertFalse(exported.is_encrypted)
        refused = self.export(Job.objects.get(), "pdf", data={"pdfa": "true"})
        self.assertEqual(refused.json()["code"], "password_required")

    def test_who_may_not_and_what_does_not_exist(self):
        job = make_job(self.alice)
        self.assertEqual(self.api().get(self.url(job, "txt")).status_code, 401)
        self.assertEqual(self.export(job, "txt", self.charlie).status_code, 404)
        self.assertEqual(self.export(job, "exe").status_code, 404)
        bad = self.api(self.alice).get(self.url(job, "txt") + "?layout=spiral")
        self.assertEqual(bad.status_code, 400)
        unfinished = make_job(self.alice, status=Status.QUEUED)
        unfinished.pages.all().delete()
        self.assertEqual(self.export(unfinished, "txt").status_code, 409)

    def test_recognition_can_answer_with_the_file_itself(self):
        response = self.client.post(
            "/api/ocr/?format=pdf", {"image": image_file(), "engine": "tesseract"}
        )
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response["Content-Type"], "application/pdf")
        with pikepdf.open(io.BytesIO(b"".join(response.streaming_content))) as pdf:
            self.assertEqual(len(pdf.pages), 1)

    def test_unknown_format_is_refused_before_anything_is_stored(self):
        response = self.client.post("/api/ocr/?format=exe", {"image": image_file()})
        self.assertEqual(response.status_code, 400)
        self.assertIn("pdf", json.dumps(response.json()["format"]))
