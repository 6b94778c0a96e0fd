"""No ordinary request, and no periodic task, scans a large table."""

from __future__ import annotations

from unittest import skipUnless

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from app.api.filters import ORDERING
from app.models import Job, Webhook
from app.models.job_indexes import SORTED
from app.services import jobs, webhooks
from app.services.history import lookups
from app.services.history.listings import listing
from app.services.jobs import reuse
from app.services.jobs.queue import runnable
from app.services.limits.caller import Caller
from app.services.operations import retention
from app.services.operations.metrics.exposition import StoredNumbers
from app.tests.base import SiteTestCase
from app.tests.factories import make_job
from app.worker.previews import has_leftover_previews

URL = "/api/history/"


@skipUnless(connection.vendor == "sqlite", "PostgreSQL plans by statistics")
class PlanTests(SiteTestCase):
    """Without statistics, an empty database gets the same plans as a large one."""

    def plans(self, query: str, *, url: str = URL) -> list[str]:
        """Plans for counting the owner's entries, and for one page, for the query string."""
        make_job(self.alice, name="needle.png")
        api = self.api(self.alice)
        with CaptureQueriesContext(connection) as queries:
            self.assertEqual(api.get(url + query).json()["count"], 1)
        return self.explained(queries)

    def explained(self, queries: CaptureQueriesContext) -> list[str]:
        plans = []
        for query in queries:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"))
                plans.append("\n".join(row[-1] for row in cursor.fetchall()))
        return plans

    def test_orders_have_an_index_each(self):
        self.assertLess(set(SORTED), set(ORDERING.values()))
        # All entries of one owner have the same owner; `letters` is ordered by the whole text.
        for field, column in ORDERING.items() - {("created_by", "owner"), ("letters", "text")}:
            with self.subTest(field):
                Job.objects.all().delete()
                _, page = self.plans(f"?ordering=-{field}")
                self.assertIn(f"U0 USING COVERING INDEX job_by_{column} ", page)
                self.assertLessEqual(page.count("TEMP B-TREE"), 1)  # the page itself

    def test_filters_are_counted_and_cut_in_an_index(self):
        for query in (
            "",
            "?engine=tesseract&confidence_min=0.5",
            "?status=done&language=eng",
            "?created_after=2020-01-01T00:00Z",
            "?search=needle&engine=tesseract",
        ):
            with self.subTest(query):
                Job.objects.all().delete()
                count, page = self.plans(query)
                self.assertRegex(count, "app_job USING COVERING INDEX job_by_")
                self.assertRegex(page, "U0 USING COVERING INDEX job_by_")
                self.assertIn("app_job USING INDEX sqlite_autoindex_app_job_1 (id=?)", page)

    def test_visitors_read_their_own_rows(self):
        make_job(None, visitor="v" * 43)
        jobs = Job.objects.visible_to(AnonymousUser(), "v" * 43)
        with CaptureQueriesContext(connection) as queries:
            page = listing({}, found=jobs, rows=jobs.history(), scope=0)
            self.assertEqual((page.count(), len(page[0:20])), (1, 1))
        for plan in self.explained(queries):
            self.assertIn("COVERING INDEX job_by_visitor (visitor=?", plan)

    def test_jobs_are_counted_and_cut_in_an_index(self):
        for query in ("", "?status=done&status=failed"):
            with self.subTest(query):
                Job.objects.all().delete()
                count, page = self.plans(query, url="/api/jobs/")
                self.assertRegex(count, "app_job USING COVERING INDEX job_by_")
                self.assertRegex(page, "U0 USING COVERING INDEX job_by_")

    def test_newest_entries_come_from_an_index(self):
        visitor = Caller(user=AnonymousUser(), visitor="v" * 43)
        for caller, index in ((Caller(user=self.alice), "job_by_id"), (visitor, "job_by_visitor")):
            with CaptureQueriesContext(connection) as queries:
                lookups.newest(caller=caller, count=6)
            (plan,) = self.explained(queries)
            self.assertIn(f"app_job USING INDEX {index} ", plan)
            self.assertNotIn("TEMP B-TREE", plan)

    def test_same_file_is_looked_for_by_its_bytes(self):
        job = make_job(self.alice, name="needle.png")
        with CaptureQueriesContext(connection) as queries:
            reuse.find(upload=job.upload, options=job.recognition_options)
        (plan,) = self.explained(queries)
        self.assertIn("app_job USING INDEX app_job_upload_id_", plan)
        self.assertIn("INDEX upload_same_bytes (sha256=? AND owner_id=?)", plan)

    def test_account_page_sums_up_in_indexes(self):
        make_job(self.alice)
        self.client.force_login(self.alice)
        with CaptureQueriesContext(connection) as queries:
            self.client.get("/account/")
        plans = "\n".join(self.explained(queries))
        self.assertIn("app_job USING COVERING INDEX job_by_words ", plans)
        self.assertIn("app_upload USING COVERING INDEX upload_sizes ", plans)

    def test_end_of_a_job_looks_at_its_own_webhooks(self):
        job, other = make_job(self.alice), make_job(self.alice)
        Webhook.objects.create(owner=self.alice, job=other, url="https://a.example/")
        with CaptureQueriesContext(connection) as queries:
            webhooks.job_ended(job=job)
        any_waits, plan = self.explained(queries)
        self.assertIn("INDEX webhook_waiting", any_waits)
        self.assertIn("MULTI-INDEX OR", plan)
        self.assertNotIn("SCAN app_", plan)

    def test_search_reads_the_rows_of_one_owner(self):
        count, page = self.plans("?search=needle")
        for plan in (count, page):
            # M: matching, > and <: between two row numbers
            self.assertRegex(plan, r"app_search VIRTUAL TABLE INDEX \d+:M1><")

    @override_settings(OWNER_MAX_RUNNING=1, RETENTION_DAYS=30)
    def test_workers_and_metrics_read_small_indexes(self):
        make_job(self.alice, status="running")
        for name, action in {
            "what may run": lambda: runnable().first(),
            "what is due": lambda: runnable().filter(priority=9).first(),
            "leftover pictures": has_leftover_previews,
            "place": lambda: jobs.place(make_job(self.alice, status="queued")),
            "metrics": lambda: list(StoredNumbers().collect()),
        }.items():
            with self.subTest(name), CaptureQueriesContext(connection) as queries:
                action()
            for plan in self.explained(queries):
                small = "queue|turns|running|leftover_previews"
                unlike = rf"SCAN app_job(?! USING (COVERING )?INDEX job_({small}))"
                self.assertNotRegex(plan, unlike)

    @override_settings(RETENTION_DAYS=30)
    def test_retention_reads_what_is_old(self):
        make_job(self.alice)
        with CaptureQueriesContext(connection) as queries:
            retention.prune()
        plans = "\n".join(self.explained(queries))
        self.assertNotIn("SCAN app_job", plans)
        # Only the row numbers of uploads, to find those without a job.
        self.assertNotRegex(plans, "SCAN app_upload")
        for index in ("job_trashed (deleted_at<?)", "sqlite_autoindex_app_job_1 (id<?)"):
            self.assertIn(index, plans)
