"""The cockpit and the numbers behind it."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from app.models import Job, Status, Usage
from app.models.ids import first_id, new_id
from app.services.operations import alerts, statistics, trends
from app.services.operations.trends import Days, Wait
from app.services.operations.worker_heartbeats import WorkerHeartbeat
from app.tests.base import SiteTestCase
from app.tests.factories import make_job

URL = "/cockpit/"


def make_old_job(owner, *, days: float, waited: float = 0, **fields) -> Job:
    """A job submitted some days ago that waited some seconds."""
    moment = timezone.now() - timedelta(days=days)
    started = moment + timedelta(seconds=waited)
    job = make_job(owner, id=first_id(moment + timedelta(milliseconds=Job.objects.count() + 1)))
    fields = {"created_at": moment, "started_at": started, **fields}
    Job.objects.filter(pk=job.pk).update(**fields)
    return job


class CockpitTests(SiteTestCase):
    def visit(self, query: str = "") -> str:
        self.client.force_login(self.bob)
        return self.client.get(URL + query).content.decode()

    def test_for_staff_only(self):
        assert self.client.get(URL).status_code == 404
        self.client.force_login(self.alice)
        assert self.client.get(URL).status_code == 404
        self.client.force_login(self.bob)
        assert self.client.get(URL).status_code == 200

    def test_shows_numbers_and_no_texts(self):
        WorkerHeartbeat(slots=7)()
        make_job(self.alice, name="Xanthippe.png", text="Xanthippe", title="Xanthippe")
        make_job(self.alice, status=Status.FAILED, error_code="page_timeout")
        Usage.objects.create(day=timezone.now().date(), subject="a", pages=1234, owner=self.alice)
        page = self.visit()
        assert "7 jobs at once" in page
        assert "page_timeout" in page
        assert "1,234" in page
        assert "alice" in page
        assert "Xanthippe" not in page

    def test_each_chart_has_its_table(self):
        make_old_job(self.alice, days=2, waited=4, engine_used="tesseract", pages_done=3)
        page = self.visit("?days=7")
        assert page.count('class="chart-picture"') == 2
        for name in ("pages", "waits"):
            table = re.search(rf'aria-labelledby="{name}-title">\s*<table.*?</table>', page, re.S)
            assert table[0].count("<tr>") == 8
        assert "<td>4</td>" in page

    def test_range_is_one_of_those_offered(self):
        for asked, days in (("7", 7), ("90", 90), ("100000", 30), ("-1", 30), ("x", 30)):
            page = self.visit(f"?days={asked}")
            assert re.search(rf'href="\?days={days}" aria-current="true"', page), asked

    def test_as_many_queries_for_many_rows(self):
        self.client.force_login(self.bob)
        counts = []
        for engine in ("one", "another"):
            with CaptureQueriesContext(connection) as queries:
                self.client.get(URL)
            counts.append(len(queries))
            for number in range(12):
                make_old_job(self.charlie, days=number, engine_used=f"{engine}{number}")
                make_job(self.alice, status=Status.FAILED, error_code=f"{engine}{number}")
        assert counts[0] == counts[1] < 30

    def test_says_so_when_nothing_reads(self):
        with override_settings(JOB_RUNNER="process"):
            assert "No worker is running" in self.visit()
            WorkerHeartbeat(slots=1)()
            assert "All is well" in self.visit()

    def test_the_admin_site_leads_there(self):
        self.client.force_login(self.bob)
        self.assertContains(self.client.get("/admin/"), URL)
        assert self.client.get("/admin/dashboard/")["Location"] == URL


class TrendTests(SiteTestCase):
    days = Days.ending_today(3)

    def test_days(self):
        today = datetime.now(UTC).date()
        assert self.days.all == [today - timedelta(days=2), today - timedelta(days=1), today]
        assert len(Days.ending_today(10_000).all) == trends.MOST_DAYS
        assert len(Days.ending_today(0).all) == 1

    def test_pages_by_engine(self):
        make_old_job(self.alice, days=0, engine_used="tesseract", pages_done=3)
        make_old_job(self.alice, days=1, engine_used="tesseract", pages_done=1)
        make_old_job(self.alice, days=1, engine_used="paddleocr", pages_done=9)
        make_old_job(self.alice, days=1, engine_used="paddleocr", pages_done=5, cached=True)
        make_old_job(self.alice, days=40, engine_used="tesseract", pages_done=99)
        expected = {"paddleocr": [0, 9, 0], "tesseract": [0, 1, 3]}
        assert trends.pages_by_engine(self.days) == expected
        assert list(trends.pages_by_engine(self.days)) == ["paddleocr", "tesseract"]

    def test_waits(self):
        for waited in range(1, 101):
            make_old_job(self.alice, days=1, waited=waited)
        nothing = Wait(None, None)
        assert trends.waits(self.days) == [nothing, Wait(50.0, 95.0), nothing]

    def test_percentile_by_nearest_rank(self):
        assert trends.percentile([], 0.5) is None
        assert trends.percentile([7], 0.95) == 7
        assert trends.percentile([4, 1, 3, 2], 0.5) == 2
        assert trends.percentile(range(1, 21), 0.95) == 19

    def test_failures_most_frequent_first(self):
        for code in ("page_timeout", "engine_crashed", "engine_crashed"):
            make_job(self.alice, status=Status.FAILED, error_code=code)
        make_old_job(self.alice, days=9, status=Status.FAILED, error_code="old")
        assert trends.failures(self.days) == [("engine_crashed", 2), ("page_timeout", 1)]

    def test_busiest_accounts(self):
        today = timezone.now().date()
        for subject, owner, pages in (("a", self.alice, 3), ("k", self.alice, 4), ("v", None, 5)):
            Usage.objects.create(day=today, subject=subject, owner=owner, pages=pages)
        Usage.objects.create(day=today - timedelta(days=30), subject="a", pages=99)
        assert trends.busiest_accounts(self.days) == [("alice", 7), ("", 5)]

    def test_first_id_lies_between_earlier_and_later_ids(self):
        now = timezone.now()
        second = timedelta(seconds=1)
        assert first_id(now - second) < new_id() < first_id(now + second)


class AlertTests(SiteTestCase):
    def codes(self) -> list[str]:
        return [alert.code for alert in alerts.alerts()]

    def test_none(self):
        make_job(self.alice)
        assert self.codes() == []

    def test_disk_nearly_full(self):
        usage = shutil._ntuple_diskusage(10**12, 10**12 - 10**9, 10**9)
        with patch("shutil.disk_usage", return_value=usage):
            assert alerts.alerts() == [alerts.Alert("disk_full", 10**9)]
        with patch("shutil.disk_usage", side_effect=OSError):
            assert self.codes() == ["disk_full"]

    def test_failures_that_rise(self):
        for _ in range(5):
            make_job(self.alice, status=Status.FAILED)
        assert self.codes() == ["failures"]
        for _ in range(30):
            make_job(self.alice)
        assert self.codes() == []

    def test_failures_that_were_as_many_before(self):
        for _ in range(5):
            make_job(self.alice, status=Status.FAILED)
            make_old_job(self.alice, days=0.5, status=Status.FAILED)
        assert self.codes() == []

    def test_long_wait(self):
        make_old_job(self.alice, days=0.01, status=Status.QUEUED)
        assert self.codes() == ["long_wait"]


class StateTests(SiteTestCase):
    def test_engines_with_seconds_per_page(self):
        make_job(self.alice, engine_used="tesseract", pages_done=3, seconds=6)
        make_job(self.alice, engine_used="tesseract", pages_done=1, seconds=2)
        make_job(self.alice, engine_used="paddleocr", seconds=None)
        make_job(self.alice, status=Status.FAILED)
        paddleocr, tesseract = statistics.engines()
        assert (tesseract.jobs, tesseract.pages, tesseract.seconds) == (2, 4, 2.0)
        assert paddleocr.seconds is None

    def test_storage(self):
        size = make_job(self.alice).upload.size
        storage = statistics.storage()
        assert (storage.uploads, storage.upload_bytes) == (1, size)
        assert storage.database_bytes > 100_000
        assert storage.free_bytes > 0
