"""`/generate_api_key`, `/ocr_process`, `/batch_process`: the requests of that service's README."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import override_settings

from app.models import Job
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase
from app.tests.factories import image_file, make_job

from .pictures import LINES, page_file


@override_settings(APP_AUTH_TOKEN=["sitekey"])
class OcrProcessTests(SiteTestCase):
    def key(self, user_id: str = "u1", api=None, **headers) -> str:
        api = api or self.api()
        answer = api.post("/generate_api_key", {"user_id": user_id}, headers=headers)
        self.assertEqual(answer.status_code, 200, answer.content)
        return answer.json()["api_key"]

    def site_key(self, user_id: str = "u1") -> str:
        return self.key(user_id, **{"X-API-Key": "sitekey"})

    def process(self, key: str, user_id: str = "u1", path: str = "/ocr_process", **fields):
        fields = fields or {"image": page_file()}
        return self.client.post(path, fields, headers={"api-key": key, "user-id": user_id})

    def batch(self, key: str, paths, user_id: str = "u1"):
        headers = {"api-key": key, "user-id": user_id}
        return self.client.post(
            "/batch_process", {"image_paths": paths}, "application/json", headers=headers
        )

    def test_key_then_text(self):
        key = self.site_key()
        self.assertRegex(key, "^[0-9a-f]{32}$")
        answer = self.process(key)
        self.assertEqual(answer.json(), {"recognized_text": LINES + "\n"})

    def test_a_new_key_replaces_the_old_one(self):
        old, new = self.site_key(), self.site_key()
        self.assertEqual(self.process(old).status_code, 403)
        self.assertEqual(self.process(new).status_code, 200)

    def test_keys_are_made_for_a_person_or_with_a_site_key(self):
        answer = self.api().post("/generate_api_key", {"user_id": "u1"})
        self.assertEqual(answer.status_code, 401)
        _, token = api_keys.create(owner=self.alice, name="scanner")
        answer = self.api().post(
            "/generate_api_key", {"user_id": "u1"}, headers={"X-API-Key": token}
        )
        self.assertEqual(answer.status_code, 403)
        self.process(self.key("u1", self.api(self.alice)))
        self.assertEqual(Job.objects.get().owner, self.alice)
        with override_settings(COMPAT_OPEN_KEYS=True):
            self.assertEqual(self.process(self.key("u2"), "u2").status_code, 200)

    def test_other_methods_are_refused_before_keys_are_looked_at(self):
        for path in ("/generate_api_key", "/ocr_process", "/batch_process"):
            self.assertEqual(self.client.get(path).status_code, 405)

    def test_user_id_is_required(self):
        answer = self.api(self.alice).post("/generate_api_key", {})
        self.assertEqual((answer.status_code, answer.json()), (400, {"error": "User ID required"}))

    def test_key_and_user_id_must_match(self):
        key = self.site_key()
        answer = self.client.post("/ocr_process", {"image": page_file()})
        self.assertEqual((answer.status_code, answer.json()), (401, {"error": "API key required"}))
        for wrong, user_id in (("x" * 32, "u1"), (key, "u2"), (key, "")):
            answer = self.process(wrong, user_id)
            self.assertEqual(answer.status_code, 403)
            self.assertEqual(answer.json(), {"error": "Invalid API key"})

    def test_an_ordinary_key_goes_with_its_owners_name(self):
        _, token = api_keys.create(owner=self.alice, name="scanner")
        self.assertEqual(self.process(token, "alice").status_code, 200)
        self.assertEqual(self.process(token, "charlie").status_code, 403)

    def test_method_selects_the_engine(self):
        key = self.site_key()
        self.assertEqual(self.process(key, image=page_file(), method="tesseract").status_code, 200)
        self.assertEqual(Job.objects.get().engine, "tesseract")
        answer = self.process(key, image=page_file(), method="magic")
        self.assertEqual(answer.status_code, 400)
        self.assertEqual(answer.json(), {"error": "Unsupported OCR method."})

    def test_missing_and_unreadable_images(self):
        key = self.site_key()
        answer = self.process(key, other="x")
        self.assertEqual((answer.status_code, answer.json()), (400, {"error": "No image provided"}))
        answer = self.process(key, image=image_file("x.png", b"no image"))
        self.assertEqual(answer.status_code, 400)

    def test_batch_finds_the_callers_own_uploads_only(self):
        key = self.site_key()
        owner = User.objects.get(username=f"{api_keys.SERVICE_ACCOUNT} u1")
        first = make_job(owner, text="first", name="one.png")
        second = make_job(owner, text="second", name="two.png")
        paths = [
            "/data/in/one.png",
            str(second.upload.pk),
            f"http://host/api/history/{first.pk}/image/",
        ]
        answer = self.batch(key, paths)
        self.assertEqual(answer.json(), {"batch_results": ["first\n", "second\n", "first\n"]})
        make_job(self.alice, name="secret.png")
        for path in ("secret.png", "/etc/passwd", "../one.txt"):
            self.assertEqual(self.batch(key, [path]).status_code, 400)
        self.assertEqual(self.batch(self.site_key("u2"), ["one.png"], "u2").status_code, 400)

    def test_batch_of_files(self):
        answer = self.process(
            self.site_key(), path="/batch_process", images=[page_file(), page_file("b.png")]
        )
        self.assertEqual(answer.json(), {"batch_results": [LINES + "\n"] * 2})

    def test_batch_without_anything(self):
        answer = self.batch(self.site_key(), [])
        self.assertEqual(answer.status_code, 400)
        self.assertEqual(answer.json(), {"error": "No image paths provided"})
