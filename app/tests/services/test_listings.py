from __future__ import annotations

from unittest.mock import patch

from app.models import Job
from app.ocr.options import Options
from app.services.history import listings, trash
from app.services.jobs.submit import submit
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
        """Ids on all pages of the answer, whose count must match."""
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
        self.assertEqual((second.file_name, second.file_size), (upload.name, upload.size))

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

    def test_ordered_by_text_as_the_first_onlineocr_did(self):
        ids = [str(make_job(self.alice, text=text).pk) for text in ("b", "a" * 100, "c")]
        first, last = [ids[1], ids[0], ids[2]], [ids[2], ids[0], ids[1]]
        self.assertEqual(self.listed(ordering="letters"), first)
        self.assertEqual(self.listed(ordering="-letters"), last)

    def test_words_alone_are_counted_in_the_search_index(self):
        self.entries(2, text="needle")
        found = Job.objects.visible_to(self.alice)
        rows = Job.objects.history()
        for asked, expected in (
            ({"search": "needle", "engine": "", "status": []}, listings.SearchListing),
            ({"search": "needle", "engine": "tesseract"}, listings.Listing),
            ({"search": ""}, listings.Listing),
        ):
            with self.subTest(asked):
                made = listings.listing(asked, found=found, rows=rows, scope=self.alice.pk)
                self.assertIs(type(made), expected)

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
