"""/api/jobs/ and asynchronous recognition; jobs run when a test releases them."""

from __future__ import annotations

from django.test import RequestFactory
from django.urls import reverse
from rest_framework.serializers import ModelSerializer, Serializer

from app.api.serializers.jobs import JobSerializer
from app.api.serializers.ocr import RecognitionSerializer
from app.models import Job, Priority, Status, Webhook
from app.ocr.errors import EngineCrashed
from app.services import jobs
from app.services.jobs.execution.lease import claim_next
from app.services.jobs.execution.run import run
from app.tests.factories import image_file, make_job
from app.tests.services.jobs.base import QueueTestCase, SpyReader


def path(job: Job, action: str = "") -> str:
    return f"/api/jobs/{job.pk}/{action}"


class AsyncTests(QueueTestCase):
    def post(self, user=None, **fields):
        headers = fields.pop("headers", {})
        data = {"image": image_file(), "engine": "tesseract", **fields}
        return self.api(user).post("/api/ocr/", data, format="multipart", headers=headers)

    def test_async_answers_202_and_the_job_can_be_followed_to_its_result(self):
        response = self.post(self.alice, **{"async": "true"})
        self.assertEqual(response.status_code, 202, response.content)
        body = response.json()
        self.assertEqual(response["Location"], body["url"])
        self.assertEqual(
            (body["status"], body["queue_position"], body["result"]), ("queued", 1, None)
        )
        run(claim_next(), SpyReader())
        job = self.api(self.alice).get(body["url"]).json()
        self.assertEqual(
            (job["status"], job["progress"], job["queue_position"]), ("done", 1.0, None)
        )
        self.assertEqual(self.api(self.alice).get(job["result"]).json()["text"], "page 1")

    def test_job_is_what_its_fields_would_write(self):
        context = {"request": RequestFactory().get("/api/jobs/")}
        for job in (
            make_job(self.alice, status="queued", error_code="bad_pdf"),
            make_job(None, visitor="v" * 43, seconds=1.23456, pages_total=3),
        ):
            job.refresh_from_db()
            serializer = JobSerializer(job, context=context)
            fields = ModelSerializer.to_representation(serializer, job)
            self.assertEqual(list(serializer.data.items()), list(fields.items()))

    def test_result_is_what_its_fields_would_write(self):
        context = {"request": RequestFactory().get("/api/jobs/")}
        for seconds, confidence in ((1.23456, 0.123456), (None, None)):
            job = make_job(self.alice, seconds=seconds, confidence=confidence, text="A 1é")
            serializer = RecognitionSerializer(job, context=context)
            fields = Serializer.to_representation(serializer, job)
            self.assertEqual(list(serializer.data.items()), list(fields.items()))

    def test_password_of_a_document_is_never_shown(self):
        job = self.post(self.alice, password="hunter2", **{"async": "1"}).json()["id"]
        self.assertEqual(Job.objects.get(pk=job).options["password"], "hunter2")
        shown = self.api(self.alice).get(f"/api/history/{job}/")
        self.assertNotIn("hunter2", shown.content.decode())
        self.assertIn("engine", shown.json()["options"])
        self.bob.is_superuser = True
        self.bob.save()
        self.client.force_login(self.bob)
        page = self.client.get(reverse("admin:app_job_change", args=[job]))
        self.assertContains(page, "tesseract")
        self.assertNotContains(page, "hunter2")

    def test_prefer_header_does_the_same(self):
        response = self.post(self.alice, headers={"Prefer": "respond-async, wait=10"})
        self.assertEqual(response.status_code, 202)
        self.assertEqual(response["Preference-Applied"], "respond-async")

    def test_prefer_header_says_how_long_the_answer_may_wait(self):
        for wait in ("wait=0", 'handling=lenient; wait="0"'):
            with self.subTest(wait):
                response = self.post(self.alice, cache="false", headers={"Prefer": wait})
                self.assertEqual((response.status_code, response.json()["status"]), (202, "queued"))
        with self.settings(SYNC_SECONDS=0):
            for wait in ("wait=60", "wait=" + "9" * 5000, "wait=soon", "wait"):
                with self.subTest(wait[:20]):
                    response = self.post(self.alice, cache="false", headers={"Prefer": wait})
                    self.assertEqual(response.status_code, 202)

    def test_anonymous_sender_follows_the_job_by_the_secret_in_its_address(self):
        url = self.post(**{"async": "1"})["Location"]
        run(claim_next(), SpyReader())
        job = self.api().get(url).json()
        self.assertEqual(self.api().get(job["result"]).json()["text"], "page 1")
        self.assertEqual(self.api().get(url.partition("?")[0]).status_code, 401)
        self.assertEqual(self.api().get(url + "x").status_code, 404)
        self.assertEqual(self.api(self.charlie).get(url).status_code, 404)

    def test_work_that_takes_too_long_goes_on_in_the_background(self):
        with self.settings(SYNC_SECONDS=0):
            response = self.post(self.alice)
        self.assertEqual(response.status_code, 202)
        self.assertEqual(Job.objects.get().status, Status.QUEUED)

    def test_long_document_is_not_waited_for(self):
        job = self.submit(self.alice)
        Job.objects.update(pages_total=500, status=Status.RUNNING)
        job = jobs.wait(job=job, seconds=60, max_pages=20)
        self.assertEqual(job.status, Status.RUNNING)

    def test_bad_callback_url_leaves_nothing_behind(self):
        for url in ("http://127.0.0.1/hook", "ftp://example.com/", "http://[::1]:80/"):
            with self.subTest(url):
                response = self.post(self.alice, callback_url=url)
                self.assertEqual(response.status_code, 400, response.content)
        self.assertEqual(Job.objects.count(), 0)
        self.assertEqual(self.alice.uploads.count(), 0)

    def test_callback_url_is_promised(self):
        body = self.post(
            self.alice, callback_url="https://example.com/hook", **{"async": "1"}
        ).json()
        log = self.api(self.alice).get(body["url"] + "webhook/").json()
        self.assertEqual((log["url"], log["status"]), ("https://example.com/hook", "waiting"))
        run(claim_next(), SpyReader())
        self.assertEqual(Webhook.objects.get().status, "pending")

    def test_secret_that_cannot_be_stored_is_replaced(self):
        for shown in ("x" * 44, "%00", "a b"):
            with self.subTest(shown):
                data = {"image": image_file(), "async": "1"}
                sent = self.api().post(f"/api/ocr/?visitor={shown}", data, format="multipart")
                self.assertEqual(len(sent["Location"].partition("?visitor=")[2]), 43)
                seen = self.api().get(f"/api/jobs/{sent.json()['id']}/?visitor={shown}")
                self.assertIn(seen.status_code, (401, 404))


class CacheTests(QueueTestCase):
    def post(self, user, **fields):
        data = {"image": image_file(), "engine": "tesseract", "async": "1", **fields}
        return self.api(user).post("/api/ocr/", data, format="multipart")

    def setUp(self):
        super().setUp()
        self.post(self.alice)
        run(claim_next(), SpyReader())

    def test_identical_file_and_options_get_the_stored_result_as_an_entry_of_its_own(self):
        body = self.post(self.alice).json()
        self.assertTrue(body["cached"])
        self.assertEqual(body["text"], "page 1")
        self.assertEqual(self.alice.jobs.count(), 2)
        entry = self.api(self.alice).get(f"/api/history/{body['id']}/").json()
        self.assertEqual([page["text"] for page in entry["pages"]], ["page 1"])

    def test_anything_else_is_recognized(self):
        for who, fields in (
            (self.alice, {"cache": "false"}),
            (self.alice, {"language": "eng"}),
            (self.charlie, {}),
            (None, {}),
        ):
            with self.subTest(who=who, **fields):
                self.assertEqual(self.post(who, **fields).status_code, 202)


class JobTests(QueueTestCase):
    def test_list_shows_own_jobs_newest_first(self):
        first, second = self.submit(self.alice), self.submit(self.alice)
        self.submit(self.charlie)
        rows = self.api(self.alice).get("/api/jobs/").json()["results"]
        self.assertEqual([row["id"] for row in rows], [str(second.pk), str(first.pk)])
        jobs.cancel(job=first)
        rows = self.api(self.alice).get("/api/jobs/?status=queued&status=running").json()["results"]
        self.assertEqual([row["id"] for row in rows], [str(second.pk)])

    def test_list_costs_the_same_for_few_and_many(self):
        api = self.api(self.alice)
        for count in (1, 8):
            for _ in range(count):
                make_job(self.alice)
            with self.assertNumQueries(2):
                self.assertEqual(api.get("/api/jobs/").status_code, 200)

    def test_sign_in_or_secret_is_needed_and_strangers_find_nothing(self):
        job = self.submit(self.alice)
        calls = [
            ("get", path(job)),
            ("delete", path(job)),
            ("get", path(job, "result/")),
            ("get", path(job, "webhook/")),
            ("post", path(job, "cancel/")),
            ("post", path(job, "retry/")),
            ("post", f"/api/history/{job.pk}/recognize/"),
        ]
        for method, url in calls:
            with self.subTest(url=url, method=method):
                self.assertEqual(getattr(self.api(), method)(url).status_code, 401)
                self.assertEqual(getattr(self.api(self.charlie), method)(url).status_code, 404)
        self.assertEqual(self.api().get("/api/jobs/").status_code, 401)
        job.refresh_from_db()
        self.assertEqual(job.status, Status.QUEUED)

    def test_failure_tells_its_reason(self):
        job = self.submit(self.alice, fault="refuse")
        run(claim_next(), SpyReader())
        body = self.api(self.alice).get(path(job)).json()
        self.assertEqual((body["status"], body["error_code"]), ("failed", "unreadable_image"))
        self.assertEqual(body["error_message"], "Not a picture.")
        result = self.api(self.alice).get(path(job, "result/"))
        self.assertEqual((result.status_code, result.json()["code"]), (400, "unreadable_image"))
        self.assertTrue(Job.objects.filter(pk=job.pk).exists())

    def test_result_of_an_unfinished_job_is_202(self):
        job = self.submit(self.alice)
        self.assertEqual(self.api(self.alice).get(path(job, "result/")).status_code, 202)

    def test_progress_counts_pages(self):
        def look(number):
            if number == 2:
                seen.append(self.api(self.alice).get(path(job)).json())

        seen: list[dict] = []
        job = self.submit(self.alice, pages=4)
        run(claim_next(), SpyReader(look))
        body = seen[0]
        self.assertEqual(
            (body["status"], body["pages_done"], body["pages_total"]), ("running", 1, 4)
        )
        self.assertEqual(body["progress"], 0.25)

    def test_wait_returns_when_the_time_is_over(self):
        job = self.submit(self.alice)
        body = self.api(self.alice).get(path(job) + "?wait=0.1").json()
        self.assertEqual(body["status"], "queued")
        self.assertEqual(self.api(self.alice).get(path(job) + "?wait=soon").status_code, 400)

    def test_cancel_and_retry(self):
        job = self.submit(self.alice)
        body = self.api(self.alice).post(path(job, "cancel/")).json()
        self.assertEqual((body["status"], body["error_code"]), ("cancelled", "cancelled"))
        self.assertEqual(self.api(self.alice).get(path(job, "result/")).status_code, 409)
        response = self.api(self.alice).post(path(job, "retry/"))
        self.assertEqual((response.status_code, response.json()["status"]), (202, "queued"))
        self.assertEqual(self.api(self.alice).post(path(job, "retry/")).status_code, 409)
        run(claim_next(), SpyReader())
        self.assertEqual(self.api(self.alice).post(path(job, "cancel/")).json()["status"], "done")

    def test_delete_stops_and_keeps_the_entry(self):
        job = self.submit(self.alice)
        self.assertEqual(self.api(self.alice).delete(path(job)).status_code, 204)
        job.refresh_from_db()
        self.assertEqual(job.status, Status.CANCELLED)

    def test_recognize_again_keeps_both_results(self):
        entry = make_job(self.alice)
        url = f"/api/history/{entry.pk}/recognize/"
        response = self.api(self.alice).post(url, {"language": "eng", "async": True})
        self.assertEqual(response.status_code, 202, response.content)
        again = claim_next().job
        self.assertEqual((again.upload, again.language), (entry.upload, "eng"))
        self.assertEqual(again.priority, Priority.INTERACTIVE)
        self.assertEqual(self.alice.jobs.count(), 2)
        response = self.api(self.alice).post(url, {"language": "xyz"})
        self.assertEqual(response.status_code, 400)

    def test_staff_see_everybodys(self):
        job = self.submit(self.alice)
        self.assertEqual(self.api(self.bob).get(path(job)).status_code, 200)

    def test_crashing_document_is_422_in_the_end(self):
        def crash(number):
            raise EngineCrashed

        job = self.submit(self.alice)
        for _ in range(3):
            run(claim_next(), SpyReader(crash))
            Job.objects.update(run_after=None)
        response = self.api(self.alice).get(path(job, "result/"))
        self.assertEqual((response.status_code, response.json()["code"]), (422, "engine_crashed"))
