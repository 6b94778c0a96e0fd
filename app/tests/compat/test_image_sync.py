"""`/image-sync` and `/image`: the requests of that service's README, and FastAPI's refusals."""

from __future__ import annotations

import base64
import json
import uuid

from django.test import override_settings

from app.models import Job
from app.tests.base import SiteTestCase
from app.tests.factories import make_job

from .pictures import LINES, page_base64


class ImageSyncTests(SiteTestCase):
    def send(self, path: str, body, method: str = "POST", content_type: str = "application/json"):
        body = body if isinstance(body, (bytes, str)) else json.dumps(body)
        return self.client.generic(method, path, body, content_type=content_type)

    def test_welcome(self):
        answer = self.client.get("/", headers={"Accept": "*/*"})
        self.assertTrue(answer.json().startswith("Welcome to the OCR app! Use /image-sync"))

    def test_sync(self):
        answer = self.send("/image-sync", {"image_data": page_base64()})
        self.assertEqual((answer.status_code, answer.json()), (200, {"text": LINES + "\n"}))

    def test_async_gives_the_text_as_task_id(self):
        task_id = self.send("/image", {"image_data": page_base64()}).json()["task_id"]
        self.assertEqual(uuid.UUID(task_id).version, 4)
        answer = self.send("/image", {"task_id": task_id}, "GET")
        self.assertEqual((answer.status_code, answer.json()), (200, {"task_id": LINES + "\n"}))

    def test_waiting_and_failed_tasks(self):
        task_id = str(uuid.uuid4())
        job = make_job(None, visitor=task_id, status="queued")
        answer = self.send("/image", {"task_id": task_id}, "GET")
        self.assertEqual((answer.status_code, answer.json()), (202, {"task_id": None}))
        Job.objects.filter(pk=job.pk).update(status="failed", error_message="Broken.")
        answer = self.send("/image", {"task_id": task_id}, "GET")
        self.assertEqual((answer.status_code, answer.json()), (500, {"detail": "Broken."}))

    def test_a_bad_image_is_accepted_and_fails_later(self):
        for image in (base64.b64encode(b"no image").decode(), "%"):
            accepted = self.send("/image", {"image_data": image})
            self.assertEqual(accepted.status_code, 200)
            answer = self.send("/image", accepted.json(), "GET")
            self.assertEqual(answer.status_code, 500, answer.content)

    def test_unknown_tasks_and_those_of_others(self):
        others = make_job(self.alice)
        for task_id in (str(uuid.uuid4()), str(others.pk), "x", ""):
            answer = self.send("/image", {"task_id": task_id}, "GET")
            self.assertEqual(answer.status_code, 404)
            self.assertEqual(answer.json(), {"detail": "Task ID not found"})

    def test_bad_images_are_500_as_before(self):
        for text, message in [
            ("abc", "Incorrect padding"),
            ("x", "Invalid base64-encoded string: number of data characters (1) cannot be 1 more"),
            ("%", "cannot identify image file"),  # Python skips what is not in the alphabet
        ]:
            with self.subTest(text):
                answer = self.send("/image-sync", {"image_data": text})
                self.assertEqual(answer.status_code, 500)
                self.assertTrue(answer.json()["detail"].startswith(message), answer.json())
        answer = self.send("/image-sync", {"image_data": base64.b64encode(b"no").decode()})
        self.assertEqual(answer.json(), {"detail": "cannot identify image file"})

    def test_invalid_bodies(self):
        dictionary = "Input should be a valid dictionary or object to extract fields from"
        missing = {"type": "missing", "msg": "Field required"}
        for body, content_type, problem in [
            ({}, "application/json", {**missing, "loc": ["body", "image_data"], "input": {}}),
            ("", "application/json", {**missing, "loc": ["body"], "input": None}),
            (
                {"image_data": 5},
                "application/json",
                {
                    "type": "string_type",
                    "loc": ["body", "image_data"],
                    "msg": "Input should be a valid string",
                    "input": 5,
                },
            ),
            (
                "{x",
                "application/json",
                {
                    "type": "json_invalid",
                    "loc": ["body", 1],
                    "msg": "JSON decode error",
                    "input": {},
                    "ctx": {"error": "Expecting property name enclosed in double quotes"},
                },
            ),
            (
                '{"image_data": ""}',
                "text/plain",
                {
                    "type": "model_attributes_type",
                    "loc": ["body"],
                    "msg": dictionary,
                    "input": '{"image_data": ""}',
                },
            ),
        ]:
            with self.subTest(body=body):
                answer = self.send("/image-sync", body, content_type=content_type)
                self.assertEqual(answer.status_code, 422)
                self.assertEqual(answer.json(), {"detail": [problem]})

    def test_other_methods(self):
        answer = self.client.get("/image-sync")
        self.assertEqual(answer.status_code, 405)
        self.assertEqual(answer.json(), {"detail": "Method Not Allowed"})

    @override_settings(ANONYMOUS_OCR=False)
    def test_a_closed_site_takes_keys_only(self):
        self.assertEqual(self.send("/image-sync", {"image_data": page_base64()}).status_code, 401)
