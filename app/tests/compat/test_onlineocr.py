"""The first onlineocr's exact shapes, with COMPAT_ONLINEOCR."""

from __future__ import annotations

from datetime import datetime

from django.test import override_settings
from django.utils import timezone

from app.services.history import image_links
from app.services.history.letters import letters
from app.tests.base import SiteTestCase
from app.tests.factories import image_file, make_job

from .pictures import LINES, page_file, page_png

OLD_KEYS = ["id", "image", "file_name", "letters", "count", "created_at", "updated_at"]


@override_settings(COMPAT_ONLINEOCR=True, TIME_ZONE="Asia/Shanghai")
class OldShapeTests(SiteTestCase):
    def setUp(self) -> None:
        super().setUp()
        timezone.get_default_timezone.cache_clear()
        self.addCleanup(timezone.get_default_timezone.cache_clear)

    def history(self, query: str = "") -> list[dict]:
        answer = self.api(self.alice).get(f"/api/history/{query}")
        self.assertEqual(answer.status_code, 200, answer.content)
        return answer.json()["results"]

    def test_content_is_the_list_of_letters(self):
        answer = self.client.post("/api/ocr/", {"image": page_file()})
        self.assertEqual(answer.json(), {"content": letters(LINES)})

    def test_pages_of_the_site_get_todays_answer(self):
        answer = self.client.post(
            "/api/ocr/", {"image": page_file()}, headers={"Prefer": "wait=20"}
        )
        self.assertEqual(answer.json()["content"], LINES)

    def test_keys_and_types_of_the_history(self):
        job = make_job(self.alice, text="ab1", name="page one.png")
        make_job(self.alice)
        newer, older = self.history()
        self.assertEqual(list(older), [*OLD_KEYS, "created_by"])
        self.assertIs(type(older["id"]), int)
        self.assertLess(older["id"], newer["id"])
        self.assertLess(newer["id"], 2**53)
        self.assertEqual(older["letters"], "['a', 'b']")
        self.assertEqual(older["created_by"], self.alice.pk)
        written = datetime.strptime(older["created_at"], "%Y-%m-%dT%H:%M:%S.%f")
        local = timezone.localtime(job.created_at, timezone.get_default_timezone())
        self.assertEqual(written, local.replace(tzinfo=None))
        self.assertEqual(local.utcoffset().total_seconds(), 8 * 3600)

    def test_pictures_open_without_a_login_until_the_entry_is_gone(self):
        job = make_job(self.alice, name="page one.png")
        [entry] = self.history()
        path = entry["image"].removeprefix("http://testserver")
        self.assertTrue(path.startswith("/history-images/"))
        self.assertTrue(path.endswith("/page%20one.png"), path)
        answer = self.client.get(path)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(b"".join(answer.streaming_content).startswith(b"\x89PNG"))
        with override_settings(COMPAT_ONLINEOCR=False):
            self.assertEqual(self.client.get(path).status_code, 404)
        self.assertEqual(self.client.get("/history-images/forged/page.png").status_code, 404)
        token = image_links.token(job=job)
        job.delete()
        self.assertEqual(self.client.get(f"/history-images/{token}/x.png").status_code, 404)

    def test_unknown_orders_are_passed_over(self):
        make_job(self.alice, text="one two", name="a.png")
        make_job(self.alice, text="one", name="b.png")
        names = [entry["file_name"] for entry in self.history("?ordering=nothing")]
        self.assertEqual(names, ["b.png", "a.png"])
        names = [entry["file_name"] for entry in self.history("?ordering=nothing,file_name")]
        self.assertEqual(names, ["a.png", "b.png"])

    def test_errors_have_the_old_members_only(self):
        for fields, message in (
            ({"image": image_file("a.png", b"text")}, "Upload a valid image. The file you up"),
            ({"image": image_file("a.png", b"")}, "The submitted file is empty."),
            ({}, "No file was submitted."),
        ):
            body = self.client.post("/api/ocr/", fields).json()
            self.assertEqual(list(body), ["image"])
            self.assertTrue(body["image"][0].startswith(message))
        wrong = {"username": "alice", "password": "x"}
        for answer, detail in (
            (self.client.get("/api/history/"), "Authentication credentials were not provided."),
            (self.api(self.alice).get("/api/history/?page=99"), "Invalid page."),
            (self.client.get("/api/ocr/"), 'Method "GET" not allowed.'),
            (
                self.client.post("/api/token_obtain_pair/", wrong),
                "No active account found with the given credentials",
            ),
        ):
            self.assertEqual(answer.json(), {"detail": detail})
        junk = self.client.post("/api/token_refresh/", {"refresh": "x"}).json()
        self.assertEqual(junk["code"], "token_not_valid")
        today = self.client.post("/api/ocr/", {}, headers={"Prefer": "wait=1"})
        self.assertEqual(today.status_code, 400)
        self.assertIn("code", self.client.get("/api/keys/").json())

    @override_settings(ANONYMOUS_MAX_BYTES=1000)
    def test_files_of_visitors_may_be_as_large_as_those_of_accounts(self):
        self.assertGreater(len(page_png()), 1000)
        answer = self.client.post("/api/ocr/", {"image": page_file()})
        self.assertEqual(answer.status_code, 200, answer.content)


class TodaysShapeTests(SiteTestCase):
    def test_a_browser_gets_json_from_the_api(self):
        answer = self.client.get("/api/engines/", headers={"Accept": "text/html"})
        self.assertEqual((answer.status_code, answer["Content-Type"]), (200, "application/json"))

    def test_unknown_orders_are_refused(self):
        answer = self.api(self.alice).get("/api/history/?ordering=nothing")
        self.assertEqual(answer.status_code, 400)
