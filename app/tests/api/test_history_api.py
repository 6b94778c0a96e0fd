from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from app.api.serializers.history import HistoryLineSerializer, HistorySerializer
from app.models import Job, Status, Upload
from app.tests.base import SiteTestCase
from app.tests.factories import make_job, make_upload

URL = "/api/history/"


class HistoryListTests(SiteTestCase):
    def names(self, user, query: str = "") -> list[str]:
        response = self.api(user).get(URL + query)
        self.assertEqual(response.status_code, 200, response.content)
        return [entry["file_name"] for entry in response.json()["results"]]

    def test_list_needs_a_login(self):
        response = self.client.get(URL)
        self.assertEqual(response.status_code, 401)
        self.assertEqual(response["WWW-Authenticate"], 'Basic realm="api"')
        self.assertEqual(response.json()["detail"], "Authentication credentials were not provided.")

    def test_list_has_the_old_keys_first_and_in_their_order(self):
        job = make_job(self.alice, text="Django apps")
        body = self.api(self.alice).get(URL).json()
        self.assertEqual(list(body), ["count", "next", "previous", "results"])
        entry = body["results"][0]
        self.assertEqual(
            list(entry)[:8],
            "id image file_name letters count created_at updated_at created_by".split(),
        )
        self.assertEqual(entry["letters"], str(list("Djangoapps")))
        self.assertEqual(entry["count"], 10)
        self.assertEqual(entry["created_by"], self.alice.pk)
        self.assertEqual(entry["image"], f"http://testserver/api/history/{job.pk}/image/")

    def test_line_of_the_list_is_what_its_fields_would_write(self):
        make_job(self.alice, title="A title", tags=["tax"], confidence=0.987654, seconds=None)
        jobs = Job.objects.history().for_list()
        context = {"request": self.client.get("/api/history/").wsgi_request}
        lines = HistoryLineSerializer(jobs, many=True, context=context).data
        fields = HistorySerializer(jobs, many=True, context=context).data
        self.assertEqual(
            [list(line.items()) for line in lines], [list(it.items()) for it in fields]
        )

    def test_owners_see_their_own_and_staff_see_all(self):
        make_job(self.alice, name="hers.png")
        make_job(self.charlie, name="his.png")
        make_job(None, name="nobodys.png", visitor="v" * 43)
        self.assertEqual(self.names(self.alice), ["hers.png"])
        self.assertEqual(self.names(self.bob), ["nobodys.png", "his.png", "hers.png"])

    def test_search_finds_words_of_name_and_text_in_any_script_and_case(self):
        make_job(self.alice, name="Rechnung.png", text="Größe ÄRGER")
        make_job(self.alice, name="письмо.png", text="Привет МИР")
        self.assertEqual(self.names(self.alice, "?search=ärger"), ["Rechnung.png"])
        self.assertEqual(self.names(self.alice, "?search=мир письмо"), ["письмо.png"])
        self.assertEqual(self.names(self.alice, "?search=мир rechnung"), [])
        self.assertEqual(self.names(self.alice, "?search=100%25"), [])

    def test_search_takes_quotes_and_operators_as_text(self):
        make_job(self.alice, name="a.png", text='He said "AND" OR 50%* (NEAR) a_b')
        for words in ('"and"', "AND OR", "50%*", "(near)", "a_b", "d"):
            with self.subTest(words):
                found = self.api(self.alice).get(URL, {"search": words}).json()["count"]
                self.assertEqual(found, 1)
        for words in ('"or"', "5_%", "a%b", "NOT"):
            with self.subTest(words):
                found = self.api(self.alice).get(URL, {"search": words}).json()["count"]
                self.assertEqual(found, 0)

    def test_ordering_by_listed_fields(self):
        make_job(self.alice, name="b.png", confidence=0.5)
        make_job(self.alice, name="a.png", confidence=0.7)
        self.assertEqual(self.names(self.alice, "?ordering=file_name"), ["a.png", "b.png"])
        self.assertEqual(self.names(self.alice, "?ordering=-confidence"), ["a.png", "b.png"])
        self.assertEqual(self.names(self.alice, "?ordering=id"), ["b.png", "a.png"])

    def test_links_to_other_pages_keep_words_that_were_not_encoded(self):
        for number in range(2):
            make_job(self.alice, name=f"письмо {number}.png")
        raw = "?search=письмо&page_size=1".encode().decode("latin-1")
        page = self.api(self.alice).get(URL, QUERY_STRING=raw.removeprefix("?")).json()
        self.assertEqual(page["count"], 2)
        following = self.api(self.alice).get(page["next"]).json()
        self.assertEqual(following["results"][0]["file_name"], "письмо 0.png")

    def test_keys_of_the_first_onlineocr_and_the_named_ones_order_the_list(self):
        make_job(self.alice)
        old = "id image file_name letters count created_at updated_at created_by"
        new = "title confidence pages_total words size engine language status"
        for key in (*old.split(), *new.split()):
            with self.subTest(key):
                self.assertEqual(len(self.names(self.alice, f"?ordering=-{key}")), 1)

    def test_unknown_ordering_is_a_bad_request_that_names_the_field(self):
        for unknown in ("colour", "tags"):
            response = self.api(self.alice).get(URL + f"?ordering={unknown}")
            self.assertEqual(response.status_code, 400)
            self.assertIn("pages_total", response.json()["ordering"][0])

    def test_moment_that_is_in_no_year_of_utc(self):
        for path in ("/api/history/", "/api/jobs/"):
            for moment in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
                with self.subTest(path, moment=moment):
                    answer = self.api(self.alice).get(path, {"created_after": moment})
                    self.assertEqual(answer.status_code, 400)
                    self.assertIn("created_after", answer.json())

    def test_filters(self):
        old = make_job(self.alice, name="old.png", engine_used="paddleocr", language_used="deu")
        Job.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=3))
        make_job(self.alice, name="failed.png", status=Status.FAILED, confidence=None)
        make_job(self.alice, name="weak.png", confidence=0.2)
        yesterday = (timezone.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        for query, expected in {
            "?engine=paddleocr": ["old.png"],
            "?language=deu": ["old.png"],
            "?language=de-AT": ["old.png"],
            "?language=en": ["weak.png", "failed.png"],
            "?status=failed": ["failed.png"],
            f"?created_before={yesterday}": ["old.png"],
            f"?created_after={yesterday}": ["weak.png", "failed.png"],
            "?confidence_max=0.5": ["weak.png"],
            "?confidence_min=0.5": ["old.png"],
        }.items():
            with self.subTest(query):
                self.assertEqual(self.names(self.alice, query), expected)

    def test_bad_filter_values_are_bad_requests(self):
        for query in ("?status=lost", "?created_after=soon", "?confidence_min=high"):
            with self.subTest(query):
                self.assertEqual(self.api(self.alice).get(URL + query).status_code, 400)

    def test_pages(self):
        for number in range(12):
            make_job(self.alice, name=f"{number}.png")
        api = self.api(self.alice)
        first = api.get(URL).json()
        self.assertEqual((first["count"], len(first["results"])), (12, 10))
        self.assertEqual(first["next"], "http://testserver/api/history/?page=2")
        self.assertEqual(len(api.get(URL + "?page_size=5&page=3").json()["results"]), 2)
        for page in ("99", "x", "0"):
            response = api.get(f"{URL}?page={page}")
            self.assertEqual(response.status_code, 404)
            self.assertEqual(response.json()["detail"], "Invalid page.")

    def test_number_of_queries_does_not_grow_with_the_entries(self):
        upload = make_upload(self.alice)
        entries = [
            Job(upload=upload, owner=self.alice, engine="auto", text="x" * 50_000)
            for _ in range(60)
        ]
        Job.objects.bulk_create(entries)
        api = self.api(self.alice)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            api.get(URL + "?page_size=50")
        self.assertEqual(len(queries), 2, [query["sql"][:200] for query in queries])
        self.assertFalse(any("app_page" in query["sql"] for query in queries))


class HistoryEntryTests(SiteTestCase):
    def url(self, job: Job) -> str:
        return f"{URL}{job.pk}/"

    def test_entry_with_and_without_boxes(self):
        job = make_job(self.alice, text="Hello world\nsecond line")
        api = self.api(self.alice)
        body = api.get(self.url(job)).json()
        self.assertEqual(body["text"], "Hello world\nsecond line")
        self.assertNotIn("blocks", body["pages"][0])
        blocks = api.get(self.url(job) + "?boxes=true").json()["pages"][0]["blocks"]
        word = blocks[0]["lines"][1]["words"][0]
        self.assertEqual(word["text"], "second")
        self.assertEqual(word["bbox"], [0, 40, 100, 70])

    def test_strangers_and_the_anonymous_get_nothing(self):
        job = make_job(self.alice)
        for method in ("get", "patch", "delete"):
            with self.subTest(method):
                stranger = getattr(self.api(self.charlie), method)(self.url(job))
                self.assertEqual(stranger.status_code, 404)
                self.assertEqual(getattr(self.api(), method)(self.url(job)).status_code, 401)
        self.assertEqual(self.api(self.charlie).get(self.url(job) + "image/").status_code, 404)
        self.assertTrue(Job.objects.filter(pk=job.pk).exists())

    def test_staff_may_read_entries_of_others(self):
        self.assertEqual(self.api(self.bob).get(self.url(make_job(self.alice))).status_code, 200)

    def test_correction_is_kept_beside_the_text_and_found_by_search(self):
        job = make_job(self.alice, text="He11o")
        api = self.api(self.alice)
        change = {"title": "Greeting", "corrected_text": "Hello"}
        response = api.patch(self.url(job), change, format="json")
        self.assertEqual(response.status_code, 200)
        body = response.json()
        self.assertEqual(
            (body["text"], body["content"], body["title"]), ("He11o", "Hello", "Greeting")
        )
        self.assertEqual(api.get(URL + "?search=greeting hello").json()["count"], 1)
        response = api.patch(self.url(job), {"corrected_text": None}, format="json")
        self.assertEqual(response.json()["content"], "He11o")

    def test_star_tags_and_notes(self):
        url = self.url(make_job(self.alice))
        api = self.api(self.alice)
        change = {"starred": True, "tags": ["tax", "2026"], "notes": "for the accountant"}
        body = api.patch(url, change, format="json").json()
        self.assertEqual({name: body[name] for name in change}, change)
        self.assertEqual(api.get(URL + "?search=%23tax").json()["results"][0]["starred"], True)
        self.assertEqual(api.patch(url, {"tags": "tax"}, format="json").status_code, 400)

    def test_other_fields_cannot_be_changed(self):
        job = make_job(self.alice)
        self.api(self.alice).patch(self.url(job), {"status": "failed", "text": "x"}, format="json")
        job.refresh_from_db()
        self.assertEqual((job.status, job.text), (Status.DONE, "Hello world"))

    def test_delete_removes_row_and_file(self):
        job = make_job(self.alice)
        path = Path(job.upload.file.path)
        self.assertTrue(path.exists())
        with self.captureOnCommitCallbacks(execute=True):
            response = self.api(self.alice).delete(self.url(job))
        self.assertEqual(response.status_code, 204)
        self.assertFalse(path.exists())
        self.assertEqual((Job.objects.count(), Upload.objects.count()), (0, 0))

    def test_delete_keeps_the_file_that_another_entry_shows(self):
        first = make_job(self.alice)
        second = make_job(self.alice, upload=first.upload)
        with self.captureOnCommitCallbacks(execute=True):
            self.api(self.alice).delete(self.url(first))
        self.assertTrue(Path(second.upload.file.path).exists())

    def test_image_is_the_original_file_and_never_runs(self):
        job = make_job(self.alice, name="Quittung №1.png")
        response = self.api(self.alice).get(self.url(job) + "image/", HTTP_ACCEPT="image/png")
        self.assertEqual(b"".join(response.streaming_content), job.upload.file.read())
        self.assertEqual(response["Content-Type"], "image/png")
        self.assertIn("filename*=utf-8''Quittung", response["Content-Disposition"])
        self.assertEqual(response["X-Content-Type-Options"], "nosniff")
        self.assertIn("sandbox", response["Content-Security-Policy"])
