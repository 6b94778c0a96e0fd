from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from app.models import Status, Usage
from app.models.ids import first_id, new_id
from app.services.operations import statistics
from app.services.operations.worker_heartbeats import Beat
from app.tests.base import SiteTestCase
from app.tests.factories import make_job


class DashboardTests(SiteTestCase):
    def visit(self, user=None):
        if user:
            self.client.force_login(user)
        return self.client.get("/admin/dashboard/")

    def test_for_staff_only(self):
        assert self.visit()["Location"] == "/admin/login/?next=/admin/dashboard/"
        assert self.visit(self.alice).status_code == 302
        assert self.visit(self.bob).status_code == 200

    def test_shows_queue_workers_failures_and_storage(self):
        Beat(slots=7)()
        make_job(self.alice, status=Status.FAILED, error_code="page_timeout")
        page = self.visit(self.bob).content.decode()
        assert "7 jobs at once" in page
        assert "error_code__exact=page_timeout" in page

    def test_says_so_when_nothing_reads(self):
        self.assertContains(self.visit(self.bob), "None is running")

    def test_the_front_page_of_the_admin_site_leads_there(self):
        self.client.force_login(self.bob)
        self.assertContains(self.client.get("/admin/"), reverse("dashboard"))


class StatisticsTests(SiteTestCase):
    def test_pages_of_every_day_newest_first(self):
        today = timezone.now().date()
        Usage.objects.create(day=today, subject="a", pages=2)
        Usage.objects.create(day=today, subject="b", pages=3)
        Usage.objects.create(day=today - timedelta(days=400), subject="a", pages=99)
        days = statistics.pages_per_day()
        assert days[0] == (today, 5)
        assert len(days) == statistics.DAYS
        assert sum(pages for _, pages in days) == 5

    def test_engines_with_seconds_per_page(self):
        make_job(self.alice, engine_used="tesseract", pages_done=3, seconds=6)
        make_job(self.alice, engine_used="tesseract", pages_done=1, seconds=2)
        make_job(self.alice, engine_used="paddleocr", seconds=None)
        make_job(self.alice, status=Status.FAILED)
        paddleocr, tesseract = statistics.engines()
        assert (tesseract.jobs, tesseract.pages, tesseract.seconds) == (2, 4, 2.0)
        assert paddleocr.seconds is None

    def test_failures_of_the_last_day_most_frequent_first(self):
        for code in ("page_timeout", "engine_crashed", "engine_crashed"):
            make_job(self.alice, status=Status.FAILED, error_code=code)
        make_job(
            self.alice,
            id=first_id(timezone.now() - timedelta(days=2)),
            status=Status.FAILED,
            error_code="old",
        )
        assert statistics.failures() == [("engine_crashed", 2), ("page_timeout", 1)]

    def test_storage(self):
        size = make_job(self.alice).upload.size
        storage = statistics.storage()
        assert (storage.uploads, storage.upload_bytes) == (1, size)
        assert storage.database_bytes > 100_000
        assert storage.free_bytes > 0

    def test_first_id_lies_between_earlier_and_later_ids(self):
        now = timezone.now()
        second = timedelta(seconds=1)
        assert first_id(now - second) < new_id() < first_id(now + second)
