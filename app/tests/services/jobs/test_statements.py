"""Database statements of one small picture, from the request to its stored text."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from app.models import Job, Status
from app.services.accounts import api_keys
from app.services.jobs.execution.lease import claim_next
from app.services.limits import rates
from app.tests.factories import image_file, make_job
from app.tests.worker.test_previews import config
from app.worker.process import RecognizerProcess
from app.worker.slot_work import run_claim

from .base import QueueTestCase

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="Statements of SQLite")


class StatementTests(QueueTestCase):
    def upload(self, client: Client, **headers: str) -> object:
        fields = {"image": image_file(), "async": "true", "cache": "false"}
        response = client.post("/api/ocr/", fields, headers=headers)
        self.assertEqual(response.status_code, 202, response.content)
        return response

    @on_sqlite
    def test_request_takes_few_statements(self) -> None:
        client = Client()
        self.upload(client)  # the first request of a minute or a day may take more
        with self.assertNumQueries(9 + 2):  # plus, for the answer: the workers, the jobs before it
            # 1 rate, 2 quota; in one transaction of two statements: file, front, turn, job, search
            self.upload(client)

    @on_sqlite
    def test_request_takes_one_statement_less_while_nothing_waits(self) -> None:
        self.upload(Client())
        Job.objects.update(status=Status.DONE)
        with self.assertNumQueries(8 + 2):  # no turn without a front
            self.upload(Client())

    @on_sqlite
    def test_key_costs_three_statements_more(self) -> None:
        _, token = api_keys.create(owner=self.alice, name="scanner")
        self.upload(Client(), authorization=f"Bearer {token}")
        with self.assertNumQueries(11 + 3):  # the key, its use, today's record of it
            self.upload(Client(), authorization=f"Bearer {token}")

    def test_poll_reads_the_job_once(self) -> None:
        response = self.upload(Client())
        with self.assertNumQueries(1 + 2):  # workers, jobs before it
            self.assertEqual(Client().get(response.headers["Location"]).status_code, 200)

    def test_poll_reads_neither_text_nor_anything_again(self):
        fields = {"visitor": "v" * 43, "error_code": "bad_pdf", "text": "whole document"}
        for status in ("running", "done", "failed"):
            job = make_job(None, status=status, **fields)
            with self.subTest(status), self.assertNumQueries(1) as asked:
                Client().get(f"/api/jobs/{job.pk}/?visitor={job.visitor}")
            self.assertNotIn('"text"', str(asked.captured_queries))

    @on_sqlite
    def test_worker_takes_few_statements(self) -> None:
        process = RecognizerProcess(config("HostileRecognizer"))
        self.addCleanup(process.kill)
        for _ in range(2):
            self.upload(Client())
        run_claim(claim_next(), process)
        with self.assertNumQueries(11):
            # claimed in 2; in one transaction of two statements: the end, webhooks, usage, page,
            # search text in 2; pictures
            run_claim(claim_next(), process)

    def test_rate_counts_in_one_statement(self) -> None:
        for count in (1, 2, 3):
            with CaptureQueriesContext(connection) as statements:
                rate = rates.count_for(subject="somebody", limit=2)
            self.assertEqual((rate.remaining, rate.exceeded), (2 - count, count > 2))
            self.assertEqual(len(statements), 1)
        self.assertTrue(rates.peek(subject="somebody", limit=2).exceeded)
        self.assertFalse(rates.peek(subject="other", limit=2).exceeded)
        rates.delete_old()  # the current window is not old
        self.assertTrue(rates.peek(subject="somebody", limit=2).exceeded)

    def test_rate_is_counted_by_another_cache_where_there_is_one(self) -> None:
        backend = "django.core.cache.backends.locmem.LocMemCache"
        with override_settings(CACHES={"default": {"BACKEND": backend}}), self.assertNumQueries(0):
            for count in (1, 2):
                rate = rates.count_for(subject="somebody", limit=1)
                self.assertEqual(rate.exceeded, count > 1)
            self.assertTrue(rates.peek(subject="somebody", limit=1).exceeded)
            cache.clear()
