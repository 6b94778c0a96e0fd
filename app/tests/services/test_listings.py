from __future__ import annotations

from unittest import skipUnless
from unittest.mock import patch

from django.db import connection
from django.test.utils import CaptureQueriesContext

from app.models import Job
from app.models.ordering import FILTERED, SORTED, SORTED_BY_START
from app.ocr.options import Options
from app.services import listings, trash, webhooks
from app.services.jobs import reuse, submit
from app.tests.base import SiteTestCase
from app.tests.factories import make_job, make_upload

URL = "/api/history/"


class ListingTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.upload = make_upload(self.alice)

    def entries(self, count: int, **fields) -> list[Job]:
        return [make_job(self.alice, upload=self.upload, **fields) for _ in range(count)]

    def listed(self, **query) -> list[str]:
        """Ids on all pages of the answer, which has to agree with its own count."""
        api, ids, page = self.api(self.alice), [], 1
        while True:
            body = api.get(URL, {**query, "page": page, "page_size": 3}).json()
            ids += [entry["id"] for entry in body["results"]]
            if body["next"] is None:
                self.assertEqual(body["count"], len(ids))
                return ids
            page += 1

    def newest_first(self, jobs: list[Job]) -> list[str]:
        return [str(job.pk) for job in reversed(jobs)]

    def test_pages_of_a_search_are_newest_first_and_complete(self):
        found = self.entries(4, text="needle")
        self.entries(2, text="straw")
        found += self.entries(4, text="a needle")
        self.assertEqual(self.listed(search="needle"), self.newest_first(found))

    def test_word_of_most_entries_is_found_from_the_newest_on(self):
        found = self.entries(4, text="Needle haystack")
        self.entries(1, text="straw")
        make_job(self.charlie, text="needle haystack")
        for common in (0, 10**9):
            with self.subTest(common), patch("app.models.search.COMMON", common):
                self.assertEqual(self.listed(search="needle hay"), self.newest_first(found))

    def test_what_is_sent_is_ordered_and_found_by_its_file(self):
        second, first = (
            submit(upload=make_upload(self.alice, name=name), options=Options(engine="tesseract"))
            for name in ("b.png", "a.png")
        )
        self.assertEqual(self.listed(ordering="file_name"), [str(first.pk), str(second.pk)])
        self.assertEqual(self.listed(search="b.png"), [str(second.pk)])
        upload = second.upload
        self.assertEqual((second.file_size, second.media_type), (upload.size, upload.media_type))

    def test_restored_entry_keeps_its_place_in_a_search(self):
        jobs = self.entries(3, text="needle")
        trash.discard(jobs=[jobs[1]])
        self.assertEqual(self.listed(search="needle"), self.newest_first([jobs[0], jobs[2]]))
        trash.restore(jobs=[jobs[1]])
        self.assertEqual(self.listed(search="needle"), self.newest_first(jobs))

    def test_search_with_filter_and_order(self):
        poor = self.entries(2, text="needle", confidence=0.4)
        good = self.entries(3, text="needle", confidence=0.8)
        self.entries(2, text="straw", confidence=0.4)
        self.assertEqual(
            self.listed(search="needle", confidence_max="0.5"), self.newest_first(poor)
        )
        ids = self.listed(search="needle", ordering="confidence")
        self.assertEqual(ids, [str(job.pk) for job in poor + good])

    def test_entries_that_are_alike_are_on_one_page_each(self):
        ids = [str(job.pk) for job in self.entries(8)]
        self.assertEqual(self.listed(ordering="status"), ids)
        self.assertEqual(self.listed(ordering="-status"), ids[::-1])
        self.assertEqual(self.listed(ordering="confidence,-words"), ids[::-1])

    def test_ordered_by_the_start_of_text_and_tags(self):
        letters = ["b", "a" * 100, "c"]
        ids = [str(make_job(self.alice, text=text, tags=[text]).pk) for text in letters]
        first, last = [ids[1], ids[0], ids[2]], [ids[2], ids[0], ids[1]]
        for name in ("letters", "excerpt", "tags"):
            with self.subTest(name):
                self.assertEqual(self.listed(ordering=name), first)
                self.assertEqual(self.listed(ordering=f"-{name}"), last)

    def test_tags_longer_than_an_entry_of_an_index(self):
        job = make_job(self.alice)
        tags = [f"{number} {chr(0x1F600 + number) * 40}" for number in range(50)]
        answer = self.api(self.alice).patch(f"{URL}{job.pk}/", {"tags": tags}, format="json")
        self.assertEqual(answer.status_code, 200, answer.content)
        self.assertEqual(self.listed(ordering="tags"), [str(job.pk)])

    def test_words_alone_are_counted_in_the_search_index(self):
        self.entries(2, text="needle")
        found = Job.objects.visible_to(self.alice)
        shown = Job.objects.history()
        for asked, expected in (
            ({"search": "needle", "engine": "", "status": []}, listings.Matches),
            ({"search": "needle", "engine": "tesseract"}, listings.Listing),
            ({"search": ""}, listings.Listing),
        ):
            with self.subTest(asked):
                self.assertIs(type(listings.listing(found, asked, found, shown)), expected)

    def test_staff_search_everybodys(self):
        self.entries(2, text="needle")
        make_job(self.charlie, text="needle")
        body = self.api(self.bob).get(URL, {"search": "needle"}).json()
        self.assertEqual((body["count"], len(body["results"])), (3, 3))

    def test_two_queries_whatever_is_asked(self):
        self.entries(2, text="needle")
        api = self.api(self.alice)
        for query in ("", "?search=needle", "?search=ne&engine=tesseract", "?ordering=file_name"):
            with self.subTest(query), self.assertNumQueries(2):
                api.get(URL + query)


@skipUnless(connection.vendor == "sqlite", "PostgreSQL plans by statistics")
class PlanTests(SiteTestCase):
    """Where there are no statistics, the plan of an empty database is that of a large one."""

    def plans(self, query: str, *, url: str = URL) -> list[str]:
        """How the owner's entries are counted, and how a page is cut, for the query string."""
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
        names = {
            "language_used": "language",
            "engine_used": "engine",
            "letter_count": "count",
            "file_size": "size",
            "text": "excerpt",
        }
        for name in (*FILTERED, *SORTED, *SORTED_BY_START):
            field = names.get(name, name)
            with self.subTest(field):
                Job.objects.all().delete()
                _, page = self.plans(f"?ordering=-{field}")
                # Of an expression SQLite looks into the rows of the page, but no others.
                covering = "" if name in SORTED_BY_START else "COVERING "
                self.assertIn(f"U0 USING {covering}INDEX job_by_{name} ", page)
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

    def test_jobs_are_counted_and_cut_in_an_index(self):
        for query in ("", "?status=done&status=failed"):
            with self.subTest(query):
                Job.objects.all().delete()
                count, page = self.plans(query, url="/api/jobs/")
                self.assertRegex(count, "app_job USING COVERING INDEX job_by_")
                self.assertRegex(page, "U0 USING COVERING INDEX job_by_")

    def test_same_file_is_looked_for_by_its_bytes(self):
        job = make_job(self.alice, name="needle.png")
        with CaptureQueriesContext(connection) as queries:
            reuse.find(upload=job.upload, options=job.recognition_options)
        (plan,) = self.explained(queries)
        self.assertIn("app_job USING INDEX app_job_upload_id_", plan)
        self.assertIn("INDEX upload_same_bytes (sha256=? AND owner_id=?)", plan)

    def test_end_of_a_job_looks_at_its_own_webhooks(self):
        job = make_job(self.alice)
        with CaptureQueriesContext(connection) as queries:
            webhooks.job_ended(job=job)
        (plan,) = self.explained(queries)
        self.assertIn("MULTI-INDEX OR", plan)
        self.assertNotIn("SCAN app_", plan)

    def test_search_reads_the_rows_of_one_owner(self):
        count, page = self.plans("?search=needle")
        for plan in (count, page):
            # M: matching, > and <: between two row numbers
            self.assertRegex(plan, r"app_search VIRTUAL TABLE INDEX \d+:M1><")
