"""Cancelling and continuing from the pages, with plain forms."""

from __future__ import annotations

from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from app.models import Status
from app.services.jobs.execution.lease import claim_next
from app.services.jobs.execution.run import run
from app.tests.services.jobs.base import QueueTestCase, SpyReader


class CancelTests(QueueTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.alice)

    def post(self, name, job, **fields):
        return self.client.post(reverse(name, args=[job.pk]), fields, follow=True)

    def status_of(self, job):
        job.refresh_from_db()
        return job.status

    def test_waiting_job_is_cancelled_and_can_be_tried_again(self):
        job = self.submit(self.alice)
        entry = reverse("entry", args=[job.pk])
        self.assertContains(self.client.get(entry), reverse("cancel", args=[job.pk]))
        page = self.post("cancel", job)
        self.assertRedirects(page, entry)
        self.assertContains(page, "This recognition was cancelled.")
        self.assertEqual(self.status_of(job), Status.CANCELLED)
        page = self.post("retry", job)
        self.assertContains(page, "Waiting for its turn")
        run(claim_next(), SpyReader())
        self.assertEqual(self.status_of(job), Status.DONE)

    def test_failed_job_says_why_and_can_be_tried_again(self):
        job = self.submit(self.alice, fault="refuse")
        run(claim_next(), SpyReader())
        page = self.client.get(reverse("entry", args=[job.pk]))
        self.assertContains(page, "Not a picture.")
        self.assertContains(page, reverse("retry", args=[job.pk]))

    def test_list_offers_to_cancel_and_comes_back(self):
        job = self.submit(self.alice)
        self.assertContains(self.client.get("/history/"), "Cancel hello.png")
        page = self.post("cancel", job, back="history")
        self.assertRedirects(page, "/history/")
        self.assertContains(page, "Delete hello.png")

    def test_finished_job_stays_as_it_is(self):
        job = self.submit(self.alice)
        run(claim_next(), SpyReader())
        self.post("cancel", job)
        page = self.post("retry", job)
        self.assertEqual(self.status_of(job), Status.DONE)
        [message] = get_messages(page.wsgi_request)
        self.assertIn("Only failed or cancelled jobs", str(message))

    def test_visitor_stops_their_own_and_nobody_elses(self):
        self.client.logout()
        session = self.client.session
        session["visitor"] = "own-secret"
        session.save()
        mine, others = self.submit(visitor="own-secret"), self.submit(visitor="other-secret")
        self.assertEqual(self.post("cancel", mine).status_code, 200)
        self.assertEqual(self.post("cancel", others).status_code, 404)
        self.assertEqual(self.status_of(mine), Status.CANCELLED)
        self.assertEqual(self.status_of(others), Status.QUEUED)

    def test_strangers_find_nothing(self):
        job = self.submit(self.alice)
        self.client.force_login(self.charlie)
        for name in ("cancel", "retry"):
            self.assertEqual(self.post(name, job).status_code, 404)
        self.assertEqual(self.status_of(job), Status.QUEUED)

    def test_cost_does_not_grow_with_the_queue(self):
        few = self.queries_of_cancelling()
        for _ in range(5):
            self.submit(self.alice)
        self.assertEqual(self.queries_of_cancelling(), few)

    def queries_of_cancelling(self):
        url = reverse("cancel", args=[self.submit(self.alice).pk])
        with CaptureQueriesContext(connection) as queries:
            self.client.post(url)
        return len(queries)

    def test_used_up_quota_stops_no_cancelling(self):
        self.submit(self.alice)
        run(claim_next(), SpyReader())
        job = self.submit(self.alice)
        with self.settings(QUOTA_ACCOUNT=1):
            self.assertEqual(self.post("retry", job).status_code, 429)
            api = self.api(self.alice)
            self.assertEqual(api.post(f"/api/jobs/{job.pk}/retry/").status_code, 429)
            self.assertEqual(api.post(f"/api/jobs/{job.pk}/cancel/").status_code, 200)
            self.assertEqual(api.delete(f"/api/jobs/{job.pk}/").status_code, 204)
        self.assertEqual(self.status_of(job), Status.CANCELLED)
