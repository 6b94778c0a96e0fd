from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from app.models import Page
from app.ocr.tree import page_to_tree
from app.tests.base import SiteTestCase
from app.tests.factories import make_job, make_page
from app.web.entry_page import Reading


class LongDocumentTests(SiteTestCase):
    """A document of thirty pages, of which one is shown."""

    def setUp(self):
        super().setUp()
        self.job = make_job(self.alice, text="page one")
        self.job.pages.all().delete()
        pages = [make_page(f"Page number {n}\nKönig {n}", number=n) for n in range(1, 31)]
        Page.objects.bulk_create(
            Page(
                job=self.job,
                number=page.number,
                width=1,
                height=1,
                text=page.text,
                tree=page_to_tree(page),
            )
            for page in pages
        )
        self.client.force_login(self.alice)

    def reading(self, **query):
        return Reading(self.job, query)

    def test_strip_is_short_wherever_one_is(self):
        self.assertEqual(self.reading().strip, [1, 2, 3, 4, 5])
        self.assertEqual(self.reading(page="15").strip, list(range(11, 20)))
        self.assertEqual(self.reading(page="30").strip, [26, 27, 28, 29, 30])

    def test_neighbours(self):
        first, last = self.reading(page="1"), self.reading(page="30")
        self.assertEqual((first.previous, first.next), (None, 2))
        self.assertEqual((last.previous, last.next), (29, None))

    def test_words_are_found_in_all_pages_whatever_case_and_line_end(self):
        hits = self.reading(find="7 könig").hits
        self.assertEqual([hit.page for hit in hits], [7, 17, 27])
        self.assertEqual(hits[0].found, "7\nKönig")

    def test_number_of_queries_is_that_of_a_short_document(self):
        short = make_job(self.alice)
        address = reverse("entry", args=[self.job.pk])
        with self.assertNumQueries(self.count(reverse("entry", args=[short.pk]))):
            self.client.get(address, {"page": "20"})

    def count(self, address):
        with CaptureQueriesContext(connection) as queries:
            self.client.get(address)
        return len(queries)
