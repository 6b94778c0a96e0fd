"""Recognition for vendor APIs: waiting, tasks, and access to them."""

from __future__ import annotations

import threading
import time
import uuid
from importlib import import_module
from typing import Any
from unittest.mock import patch

from django.contrib.auth.models import AnonymousUser
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from app.compat.shared import recognition
from app.http.request_state import state_of
from app.models import Job
from app.ocr.errors import OcrError
from app.tests.base import SiteTestCase
from app.tests.factories import make_job

from .pictures import page_png

waiting = import_module("app.services.jobs.wait")  # the package has the function by this name


class RecognitionTests(SiteTestCase):
    def request(self, user: Any = None) -> Request:
        request = Request(APIRequestFactory().post("/"))
        request.user = user or AnonymousUser()
        return request

    def assert_not_found(self, task_id: str, user: Any = None) -> None:
        with self.assertRaises(OcrError) as caught:
            recognition.find(self.request(user), task_id)
        self.assertEqual(caught.exception.code, "not_found")

    def test_what_takes_too_long_is_stopped(self):
        with (
            patch("app.services.jobs.submit.start.deliver"),
            self.settings(SYNC_SECONDS=0),
            self.assertRaises(OcrError) as caught,
        ):
            recognition.recognize(self.request(), page_png())
        self.assertEqual(caught.exception.code, "page_timeout")
        self.assertEqual(Job.objects.get().status, "cancelled")

    def test_all_files_of_a_request_share_its_time(self):
        request = self.request()
        recognition.recognize(request, page_png())
        deadline = state_of(request).deadline
        recognition.recognize(request, page_png())
        self.assertEqual(state_of(request).deadline, deadline)
        state_of(request).deadline = time.monotonic() - 1
        with (
            patch("app.services.jobs.submit.start.deliver"),
            self.assertRaises(OcrError) as caught,
        ):
            recognition.recognize(request, page_png())
        self.assertEqual(caught.exception.code, "page_timeout")

    def test_request_without_a_place_to_wait_is_told_to_come_again(self):
        places = threading.BoundedSemaphore(1)
        with (
            patch("app.services.jobs.submit.start.deliver"),
            patch.object(waiting, "waiting_places", return_value=places),
            places,
            self.assertRaises(OcrError) as caught,
        ):
            recognition.recognize(self.request(), page_png())
        self.assertEqual(caught.exception.code, "unavailable")
        self.assertEqual(Job.objects.get().status, "cancelled")

    def test_an_anonymous_task_is_shown_to_whoever_knows_its_id(self):
        task_id = recognition.start(self.request(), page_png())
        job = recognition.find(self.request(), str(task_id).upper().replace("-", ""))
        self.assertEqual(job, Job.objects.get())
        self.assert_not_found(str(job.pk))
        self.assert_not_found(str(task_id), self.alice)

    def test_a_task_of_an_account_is_shown_to_it_alone(self):
        task_id = str(recognition.start(self.request(self.alice), page_png()))
        self.assertEqual(recognition.find(self.request(self.alice), task_id).owner, self.alice)
        for other in (self.charlie, self.bob):
            self.assert_not_found(task_id, other)
        self.assert_not_found(task_id)

    def test_ids_that_are_none(self):
        make_job(self.alice)
        for task_id in ("", "x", str(uuid.uuid4())):
            self.assert_not_found(task_id)
            self.assert_not_found(task_id, self.alice)
