"""Idempotency-Key: a request sent twice is carried out once, separately for each caller."""

from __future__ import annotations

from unittest.mock import patch

from django.db import IntegrityError

from app.models import Job, RequestKey
from app.tests.factories import image_file, make_job
from app.tests.services.jobs.base import QueueTestCase


class IdempotencyTests(QueueTestCase):
    def post(self, key: str, user=None, **fields):
        data = {"image": image_file(), "engine": "tesseract", "async": "1", **fields}
        headers = {"Idempotency-Key": key}
        return self.api(user).post("/api/ocr/", data, format="multipart", headers=headers)

    def test_same_request_under_the_same_key_is_done_once(self):
        first, second = self.post("k", self.alice), self.post("k", self.alice)
        self.assertEqual(first.json()["id"], second.json()["id"])
        self.assertEqual(Job.objects.count(), 1)

    def test_another_request_under_the_same_key_is_refused(self):
        self.post("k", self.alice)
        response = self.post("k", self.alice, language="eng")
        self.assertEqual(
            (response.status_code, response.json()["code"]), (422, "idempotency_mismatch")
        )

    def test_a_first_request_that_fails_meanwhile_makes_no_fault(self):
        with patch.object(RequestKey.objects, "create", side_effect=IntegrityError):
            response = self.post("k", self.alice)
        self.assertEqual((response.status_code, response.json()["code"]), (409, "conflict"))

    def test_another_callback_is_another_request(self):
        self.post("k", self.alice)
        response = self.post("k", self.alice, callback_url="https://example.com/hook")
        self.assertEqual(response.status_code, 422)

    def test_file_is_recognized_again_once_per_key(self):
        url = f"/api/history/{make_job(self.alice).pk}/recognize/"
        other = f"/api/history/{make_job(self.alice).pk}/recognize/"
        body = {"language": "eng", "async": True}
        headers = {"Idempotency-Key": "k"}
        first, second = (self.api(self.alice).post(url, body, headers=headers) for _ in range(2))
        self.assertEqual(first.json()["id"], second.json()["id"])
        self.assertEqual(self.alice.jobs.count(), 3)
        self.assertEqual(self.api(self.alice).post(other, body, headers=headers).status_code, 422)

    def test_keys_of_different_senders_have_nothing_to_do_with_each_other(self):
        self.post("k", self.alice)
        self.assertEqual(self.post("k", self.charlie, language="eng").status_code, 202)

    def test_visitors_who_share_an_address_do_not_get_each_others_secrets(self):
        browsers = [self.client_class(), self.client_class()]
        answers = []
        for browser in browsers:
            browser.post("/visit/")
            sent = {"image": image_file(), "async": "1"}
            headers = {"Idempotency-Key": "1"}
            answers += [browser.post("/api/ocr/", sent, headers=headers)]
        program = self.post("1")
        secrets = {answer["Location"].partition("?visitor=")[2] for answer in (*answers, program)}
        self.assertEqual(len(secrets), 3)

    def test_refused_request_may_be_mended_and_sent_again(self):
        self.assertEqual(
            self.post("k", self.alice, callback_url="http://10.0.0.1/").status_code, 400
        )
        self.assertEqual(self.post("k", self.alice).status_code, 202)
