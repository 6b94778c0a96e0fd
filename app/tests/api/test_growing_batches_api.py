"""Batches to which files are added, and waiting until they end."""

from __future__ import annotations

from unittest import mock

from django.test import override_settings

from app.models import Batch, Job, Upload
from app.ocr.errors import OcrError
from app.services import batches, jobs
from app.services.accounts import accounts
from app.services.jobs.execution.lease import claim_next
from app.services.jobs.execution.run import run
from app.tests.factories import image_file
from app.tests.services.jobs.base import QueueTestCase, SpyReader

URL = "/api/batches/"


class BatchTestCase(QueueTestCase):
    def post(self, user=None, url=URL, headers=None, **fields):
        data = {"engine": "tesseract", **fields}
        return self.api(user).post(url, data, format="multipart", headers=headers or {})

    def started(self, user=None, **fields) -> str:
        """The address of a batch with one file."""
        response = self.post(user, images=[image_file("first.png")], **fields)
        return response.json()["url"]


class AddingTests(BatchTestCase):
    def test_files_are_added_behind_those_it_has(self):
        url = self.started(self.alice)
        images = [image_file("second.png"), image_file("bad.png", b"no picture")]
        response = self.post(self.alice, url + "files/", images=images, ids=["2", "3"])
        self.assertEqual(response.status_code, 202, response.content)
        items = response.json()["items"]
        self.assertEqual(
            [(item["number"], item["id"], item["status"]) for item in items],
            [(1, "", "queued"), (2, "2", "queued"), (3, "3", "rejected")],
        )
        self.assertEqual(response["Location"], url)

    def test_an_ended_batch_goes_on_with_what_is_added(self):
        url = self.started(self.alice)
        run(claim_next(), SpyReader())
        files = {"images": [image_file("late.png")], "cache": "false"}
        body = self.post(self.alice, url + "files/", **files).json()
        self.assertEqual((body["status"], body["counts"]["done"]), ("running", 1))

    def test_visitor_adds_by_the_secret_in_the_address(self):
        address, _, secret = self.started().partition("?")
        response = self.post(None, f"{address}files/?{secret}", images=[image_file()])
        self.assertEqual(response.json()["counts"]["total"], 2)
        self.assertEqual(Upload.objects.exclude(visitor="").count(), 2)

    def test_limits_are_those_of_the_whole_batch_and_a_refused_request_leaves_nothing(self):
        url = self.started(self.alice)
        size = Upload.objects.get().size
        for limit, code in (
            ({"BATCH_MAX_FILES": 2}, "too_many_files"),
            ({"BATCH_MAX_BYTES": 3 * size - 1}, "file_too_large"),
        ):
            with self.subTest(code), override_settings(**limit):
                images = [image_file("2.png"), image_file("3.png")]
                response = self.post(self.alice, url + "files/", images=images)
                self.assertEqual(response.json()["code"], code)
        self.assertEqual((Upload.objects.count(), Job.objects.count()), (1, 1))

    def test_batch_with_a_webhook_takes_no_more(self):
        url = self.started(self.alice, callback_url="https://example.com/hook")
        response = self.post(self.alice, url + "files/", images=[image_file()])
        self.assertEqual((response.status_code, response.json()["code"]), (409, "conflict"))
        url = self.started(self.alice)
        fields = {"images": [image_file()], "callback_url": "https://example.com/hook"}
        response = self.post(self.alice, url + "files/", **fields)
        self.assertEqual((response.status_code, response.json()["code"]), (400, "bad_option"))

    def test_same_key_adds_once(self):
        url = self.started(self.alice)
        for _ in range(2):
            files = {"images": [image_file("again.png")]}
            self.post(self.alice, url + "files/", headers={"Idempotency-Key": "k"}, **files)
        self.assertEqual(Batch.objects.get().items.count(), 2)
        other = self.started(self.alice)
        response = self.post(
            self.alice, other + "files/", headers={"Idempotency-Key": "k"}, **files
        )
        self.assertEqual(response.status_code, 422)

    def test_strangers_add_nothing(self):
        url = self.started(self.alice)
        self.assertEqual(self.post(None, url + "files/", images=[image_file()]).status_code, 401)
        stranger = self.post(self.charlie, url + "files/", images=[image_file()])
        self.assertEqual(stranger.status_code, 404)
        self.assertEqual(Upload.objects.count(), 1)

    def test_visitors_batch_belongs_to_the_account_they_sign_in_to(self):
        self.started()
        accounts.adopt_visitor(user=self.alice, visitor=Batch.objects.get().visitor)
        self.assertEqual(self.api(self.alice).get(URL).json()["count"], 1)


class RetryTests(BatchTestCase):
    def test_what_was_stopped_goes_on(self):
        url = self.started(self.alice)
        run(claim_next(), SpyReader())
        files = {"images": [image_file("late.png")], "cache": "false"}
        self.post(self.alice, url + "files/", **files)
        self.api(self.alice).post(url + "cancel/")
        response = self.api(self.alice).post(url + "retry/")
        self.assertEqual(response.status_code, 202)
        states = [item["status"] for item in response.json()["items"]]
        self.assertEqual(states, ["done", "queued"])


class WaitingTests(BatchTestCase):
    def test_wait_answers_when_the_time_is_over(self):
        url = self.started(self.alice)
        body = self.api(self.alice).get(url + "?wait=0.1").json()
        self.assertEqual(body["status"], "queued")
        self.assertEqual(self.api(self.alice).get(url + "?wait=soon").status_code, 400)

    def test_wait_answers_at_once_when_all_have_ended(self):
        url = self.started(self.alice)
        run(claim_next(), SpyReader())
        self.assertEqual(self.api(self.alice).get(url + "?wait=60").json()["status"], "done")

    @override_settings(SYNC_SECONDS=0)
    def test_wait_is_bounded_by_the_sites_limit(self):
        url = self.started(self.alice)
        self.assertEqual(self.api(self.alice).get(url + "?wait=1000").json()["status"], "queued")

    def test_every_job_is_waited_for(self):
        def wait_until_cancelled(job, seconds):
            return jobs.cancel(job=job)

        body = self.post(self.alice, images=[image_file("1.png"), image_file("2.png")]).json()
        with mock.patch.object(jobs, "wait", side_effect=wait_until_cancelled) as waited:
            answer = self.api(self.alice).get(body["url"] + "?wait=30").json()
        self.assertEqual((answer["status"], waited.call_count), ("done", 2))

    def test_nobody_waits_where_no_seat_is_left(self):
        self.started(self.alice)
        with mock.patch.object(jobs, "wait", side_effect=lambda job, seconds: job) as waited:
            batches.wait(batch=Batch.objects.get(), seconds=1000)
        waited.assert_called_once()

    def test_file_that_is_deleted_meanwhile_is_not_waited_for(self):
        def delete(job, seconds):
            job.delete()
            raise OcrError("not_found", "The job was deleted.")

        self.started(self.alice)
        with mock.patch.object(jobs, "wait", side_effect=delete):
            batches.wait(batch=Batch.objects.get(), seconds=1000)
        self.assertFalse(Job.objects.exists())
