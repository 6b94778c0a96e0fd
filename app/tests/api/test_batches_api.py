"""/api/batches/: many files in one request."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from unittest.mock import patch

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from app.api.views import batches as batch_views
from app.models import Batch, Job, Priority, Status, Upload
from app.services.history import entries as results
from app.services.jobs.execution.lease import claim_next
from app.services.jobs.execution.run import run
from app.tests.factories import image_file, text_png
from app.tests.services.jobs.base import QueueTestCase, SpyReader

URL = "/api/batches/"


def archive(entries: dict[str, bytes], **options) -> SimpleUploadedFile:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **options) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return SimpleUploadedFile("all.zip", stream.getvalue(), "application/zip")


class BatchTests(QueueTestCase):
    def post(self, user=None, **fields):
        return self.api(user).post(URL, {"engine": "tesseract", **fields}, format="multipart")

    def sent(self, user=None, count=2) -> dict:
        return self.post(user, images=[image_file(f"{n}.png") for n in range(count)]).json()

    def items(self, response) -> list[tuple[str, str]]:
        self.assertEqual(response.status_code, 202, response.content)
        return [(item["file_name"], item["status"]) for item in response.json()["items"]]

    def test_files_become_jobs_with_the_senders_ids(self):
        images = [image_file("a.png"), image_file("b.png")]
        response = self.post(self.alice, images=images, ids=["one", "two"], language="eng")
        self.assertEqual(self.items(response), [("a.png", "queued"), ("b.png", "queued")])
        body = response.json()
        self.assertEqual(response["Location"], body["url"])
        self.assertEqual([item["id"] for item in body["items"]], ["one", "two"])
        self.assertEqual((body["status"], body["counts"]["total"]), ("queued", 2))
        job = claim_next().job
        self.assertEqual((job.priority, job.language), (Priority.BATCH, "eng"))

    def test_switches_that_a_form_leaves_out_are_not_off(self):
        self.post(images=[image_file("a.png")])
        self.post(images=[image_file("b.png")], prepare="false", barcodes="true")
        left_out, sent = (job.options for job in Job.objects.order_by("pk"))
        self.assertFalse({"prepare", "barcodes"} & left_out.keys())
        self.assertEqual((sent["prepare"], sent["barcodes"]), (False, True))

    def test_one_bad_file_sinks_no_other(self):
        images = [
            image_file("a.png"),
            image_file("text.png", b"no picture"),
            image_file("e.png", b""),
        ]
        response = self.post(self.alice, images=images)
        expected = [("a.png", "queued"), ("text.png", "rejected"), ("e.png", "rejected")]
        self.assertEqual(self.items(response), expected)
        codes = [item["error_code"] for item in response.json()["items"]]
        self.assertEqual(codes, ["", "unsupported_type", "empty_file"])

    def test_batch_can_be_followed_until_all_files_ended(self):
        url = self.sent(self.alice, 3)["url"]
        run(claim_next(), SpyReader())
        body = self.api(self.alice).get(url).json()
        self.assertEqual((body["status"], body["progress"]), ("running", 0.333))
        self.assertEqual((body["counts"]["done"], body["counts"]["queued"]), (1, 2))
        while claim := claim_next():
            run(claim, SpyReader())
        body = self.api(self.alice).get(url).json()
        self.assertEqual((body["status"], body["progress"], body["pages_done"]), ("done", 1.0, 3))

    def test_zip_counts_as_its_files(self):
        png = text_png()
        file = archive(
            {"d/a.png": png, "d/": b"", "__MACOSX/x": b"", ".hidden": b"", "b.txt": b"t"}
        )
        response = self.post(self.alice, images=[image_file("first.png"), file])
        expected = [("first.png", "queued"), ("a.png", "queued"), ("b.txt", "rejected")]
        self.assertEqual(self.items(response), expected)
        run(claim_next(), SpyReader())

    def test_zip_bombs_and_broken_archives_are_refused_with_nothing_left(self):
        bomb = archive({"a.png": bytes(80_000_000)})
        response = self.post(self.alice, images=[bomb])
        self.assertEqual(self.items(response), [("a.png", "rejected")])
        self.assertEqual(response.json()["items"][0]["error_code"], "file_too_large")
        with self.settings(BATCH_MAX_BYTES=1000):
            response = self.post(self.alice, images=[archive({"a.png": bytes(2000)})])
            self.assertEqual(response.status_code, 413)
        broken = SimpleUploadedFile("x.zip", b"PK\x03\x04 and then nothing", "application/zip")
        response = self.post(self.alice, images=[image_file(), broken])
        self.assertEqual((response.status_code, response.json()["code"]), (400, "bad_archive"))
        self.assertEqual((Upload.objects.count(), Job.objects.count()), (0, 0))

    def test_archive_whose_list_of_entries_is_too_long_is_not_even_listed(self):
        folders = archive({f"folder-{number}/": b"" for number in range(100)})
        with self.settings(BATCH_MAX_FILES=2), patch("zipfile.ZipInfo", side_effect=MemoryError):
            response = self.post(self.alice, images=[folders])
        self.assertEqual((response.status_code, response.json()["code"]), (400, "too_many_files"))

    def test_json_stands_in_memory_so_less_of_it_is_taken(self):
        file = {"image": base64.b64encode(bytes(3000)).decode()}
        limits = {"ANONYMOUS_MAX_BYTES": 100, "BATCH_MAX_BYTES": 10_000}
        with self.settings(**limits), patch.object(batch_views, "OTHER_FIELDS", 100):
            refused = self.api().post(URL, {"images": [file]}, format="json")
            taken = self.api(self.alice).post(URL, {"images": [file]}, format="json")
        self.assertEqual((refused.status_code, taken.status_code), (413, 202))

    def test_damaged_entry_of_an_archive_is_rejected_alone(self):
        file = archive({"a.png": text_png(), "b.png": text_png("other")})
        content = bytearray(file.read())
        start = content.index(b"a.png") + 60
        content[start : start + 20] = bytes(20)
        damaged = SimpleUploadedFile("x.zip", bytes(content), "application/zip")
        response = self.post(self.alice, images=[damaged])
        self.assertEqual(self.items(response), [("a.png", "rejected"), ("b.png", "queued")])

    def test_number_of_files_is_limited(self):
        with self.settings(BATCH_MAX_FILES=2):
            response = self.post(self.alice, images=[image_file() for _ in range(3)])
            self.assertEqual(
                (response.status_code, response.json()["code"]), (400, "too_many_files")
            )
            response = self.post(self.alice, images=[archive({f"{n}.png": b"x" for n in range(3)})])
            self.assertEqual(response.json()["code"], "too_many_files")
        self.assertEqual(Upload.objects.count(), 0)

    def test_json_body(self):
        image = base64.b64encode(text_png()).decode()
        body = {"images": [{"image": image, "id": "7", "name": "seven.png"}], "language": "eng"}
        response = self.api(self.alice).post(URL, body, format="json")
        self.assertEqual(self.items(response), [("seven.png", "queued")])
        self.assertEqual(response.json()["items"][0]["id"], "7")

    def test_bad_requests_are_400_and_leave_nothing(self):
        for fields in (
            {},
            {"images": [image_file()], "ids": ["1", "2"]},
            {"images": [image_file()], "language": "xyz"},
            {"images": [image_file()], "psm": "99"},
            {"images": [image_file()], "callback_url": "http://localhost/"},
            {"images": ["text"]},
        ):
            with self.subTest(fields):
                self.assertEqual(self.post(self.alice, **fields).status_code, 400)
        self.assertEqual((Upload.objects.count(), Batch.objects.count()), (0, 0))

    def test_same_key_gives_the_same_batch(self):
        headers = {"Idempotency-Key": "k"}
        answers = [
            self.api(self.alice).post(
                URL, {"images": [image_file()]}, format="multipart", headers=headers
            )
            for _ in range(2)
        ]
        self.assertEqual(answers[0].json()["id"], answers[1].json()["id"])
        self.assertEqual(Batch.objects.count(), 1)

    def test_cancel_stops_what_has_not_ended(self):
        url = self.sent(self.alice, 3)["url"]
        run(claim_next(), SpyReader())
        body = self.api(self.alice).post(url + "cancel/").json()
        self.assertEqual((body["counts"]["done"], body["counts"]["cancelled"]), (1, 2))
        self.assertEqual(body["status"], "done")

    def test_results_come_as_a_zip_of_any_format(self):
        url = self.sent(self.alice, 3)["url"]
        for _ in range(2):
            run(claim_next(), SpyReader())
        response = self.api(self.alice).get(url + "export/txt/")
        self.assertEqual(response.status_code, 200)
        with zipfile.ZipFile(io.BytesIO(response.getvalue())) as file:
            self.assertEqual(file.namelist(), ["0.txt", "1.txt"])
            self.assertIn(b"page 1", file.read("0.txt"))
        self.assertEqual(self.api(self.alice).get(url + "export/nonsense/").status_code, 404)
        self.assertEqual(self.api(self.charlie).get(url + "export/txt/").status_code, 404)

    def test_results_come_as_one_document_with_the_pages_of_all(self):
        url = self.sent(self.alice, 3)["url"]
        for _ in range(2):
            run(claim_next(), SpyReader())
        merged = self.api(self.alice).get(url + "export/json/?merged=true")
        self.assertEqual(merged["Content-Type"], "application/json")
        body = json.loads(merged.getvalue())
        self.assertEqual(body["files"], ["0.png", "1.png"])
        self.assertEqual([page["number"] for page in body["pages"]], [1, 2])
        pdf = self.api(self.alice).get(url + "export/pdf/?merged=true")
        with pikepdf.open(io.BytesIO(pdf.getvalue())) as document:
            self.assertEqual(len(document.pages), 2)
        self.assertEqual(self.api(self.alice).get(url + "export/txt/?merged=x").status_code, 400)

    def test_deleted_results_leave_their_place_in_the_batch(self):
        url = self.sent(self.alice)["url"]
        results.delete(jobs=[Job.objects.order_by("id").first()])
        body = self.api(self.alice).get(url).json()
        self.assertEqual([item["status"] for item in body["items"]], ["deleted", "queued"])

    def test_anonymous_sender_follows_the_batch_by_its_secret(self):
        body = self.sent(count=1)
        self.assertEqual(self.api().get(body["url"]).status_code, 200)
        self.assertEqual(self.api().get(body["items"][0]["url"]).status_code, 200)
        with self.settings(ANONYMOUS_OCR=False):
            self.assertEqual(self.post(images=[image_file()]).status_code, 401)

    def test_sign_in_or_secret_is_needed_and_strangers_find_nothing(self):
        url = self.sent(self.alice)["url"]
        for method, place in (("get", url), ("post", url + "cancel/"), ("get", url + "webhook/")):
            with self.subTest(place):
                self.assertEqual(getattr(self.api(), method)(place).status_code, 401)
                self.assertEqual(getattr(self.api(self.charlie), method)(place).status_code, 404)
        self.assertFalse(Job.objects.filter(status=Status.CANCELLED).exists())
        self.assertEqual(self.api(self.charlie).get(URL).json()["results"], [])

    def test_number_of_queries_does_not_grow_with_the_files(self):
        few, many = self.sent(self.alice, 1)["url"], self.sent(self.alice, 7)["url"]
        for url in (few, many):
            # The batch twice, its files; the first and the last waiting file, workers; for each of
            # the two the files before it in three priorities
            with self.assertNumQueries(12):
                self.api(self.alice).get(url)
        with self.assertNumQueries(2):
            self.api(self.alice).get(URL)
