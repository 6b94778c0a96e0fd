from __future__ import annotations

from app.models import Job, Page
from app.ocr.errors import OcrError
from app.ocr.tree import page_to_tree
from app.services.history import corrections
from app.tests.base import SiteTestCase
from app.tests.factories import make_job, make_page


class CorrectionTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.job = make_job(self.alice, text="Hcllo world")
        second = make_page("Good bye", number=2)
        Page.objects.create(
            job=self.job,
            number=2,
            width=1,
            height=1,
            text=second.text,
            tree=page_to_tree(second),
        )

    def correct(self, number, text):
        corrections.correct_page(job=self.job, number=number, text=text, author=self.alice)
        self.job.refresh_from_db()

    def final_texts(self):
        return [page.final_text for page in self.job.pages.order_by("number")]

    def test_corrected_page_becomes_part_of_the_whole_text(self):
        self.correct(1, "Hello world\r\n")
        self.assertEqual(self.job.corrected_text, "Hello world\n\nGood bye")
        self.assertEqual(self.job.text, "Hcllo world")

    def test_correction_is_found_by_search(self):
        self.correct(1, "Hello world")
        self.assertTrue(Job.objects.search("hello").exists())

    def test_typing_the_recognized_text_takes_the_correction_back(self):
        self.correct(1, "Hello world")
        self.correct(1, "Hcllo world")
        self.assertIsNone(self.job.corrected_text)

    def test_unchanged_text_leaves_no_trace(self):
        version = self.job.version
        self.correct(1, "Hcllo world")
        self.assertEqual((self.job.version, self.job.revisions.count()), (version, 0))

    def test_every_change_can_be_taken_back(self):
        self.correct(1, "Hello world")
        self.correct(1, "Hello there")
        first, second = self.job.revisions.order_by("pk")
        self.assertEqual((first.text, second.text), ("Hcllo world", "Hello world"))
        corrections.restore(revision=second, author=self.alice)
        self.assertEqual(self.final_texts()[0], "Hello world")
        self.assertEqual(self.job.revisions.count(), 3)

    def test_whole_text_is_spread_over_the_pages(self):
        corrections.correct_document(job=self.job, text="Hello world\n\nGood night")
        self.assertEqual(self.final_texts(), ["Hello world", "Good night"])
        corrections.correct_document(job=self.job, text=None)
        self.assertEqual(self.final_texts(), ["Hcllo world", "Good bye"])

    def test_page_that_was_not_read_cannot_be_corrected(self):
        with self.assertRaises(OcrError) as caught:
            self.correct(9, "x")
        self.assertEqual(caught.exception.code, "not_found")
