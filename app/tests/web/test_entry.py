from __future__ import annotations

from unittest.mock import patch

from django.urls import reverse

from app.models import Page, Status
from app.ocr.tree import page_to_tree
from app.tests.base import SiteTestCase
from app.tests.factories import make_job, make_page
from app.web.views.entry import MOST_WORDS, changes


class EntryTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.alice)

    def get(self, job, **query):
        return self.client.get(reverse("entry", args=[job.pk]), query)

    def add_page(self, job, number, text):
        page = make_page(text, number=number)
        tree = page_to_tree(page)
        Page.objects.create(job=job, number=number, width=1, height=1, text=text, tree=tree)

    def test_every_word_carries_its_box(self):
        page = self.get(make_job(self.alice, text="Hello world"))
        self.assertContains(page, 'data-box="110 0 210 30"')

    def test_paragraphs_run_as_their_script_does_whatever_the_pages_language(self):
        job = make_job(self.alice, text="السلام عليكم")
        self.assertContains(self.get(job), '<p class="block block-text" dir="ltr">')
        tree = job.pages.get().tree
        tree["blocks"][0]["lines"][0][0] = "rtl"
        job.pages.update(tree=tree)
        self.assertContains(self.get(job), '<p class="block block-text" dir="rtl">')

    def test_word_of_low_confidence_is_marked(self):
        job = make_job(self.alice, text="Hello world")
        tree = job.pages.get().tree
        tree["blocks"][0]["lines"][0][1][1][5] = 0.4
        job.pages.update(tree=tree)
        self.assertContains(self.get(job), "word-doubtful", count=1)

    def test_one_page_of_a_long_document_is_loaded(self):
        job = make_job(self.alice, text="first")
        self.add_page(job, 2, "second")
        self.assertNotContains(self.get(job), "second")
        self.assertContains(self.get(job, page=2), "second")
        for number in ("3", "9" * 5000):
            self.assertEqual(self.get(job, page=number).status_code, 404)

    def test_text_is_shown_as_text(self):
        page = self.get(make_job(self.alice, text="<script>alert(1)</script>"))
        self.assertNotContains(page, "<script>alert")

    def test_unfinished_job_shows_progress_and_reloads_without_script(self):
        job = make_job(self.alice, status=Status.QUEUED)
        job.pages.all().delete()
        page = self.get(job)
        self.assertContains(page, "<job-watch")
        self.assertContains(page, 'http-equiv="refresh"')

    def test_failure_says_why(self):
        job = make_job(self.alice, status=Status.FAILED, error_message="The page is torn.")
        self.assertContains(self.get(job), "The page is torn.")

    def test_stranger_finds_nothing(self):
        job = make_job(self.alice)
        self.client.force_login(self.charlie)
        self.assertEqual(self.get(job).status_code, 404)
        self.client.logout()
        self.assertEqual(self.get(job).status_code, 404)


class ChangesTests(SiteTestCase):
    def test_words_that_differ_are_marked(self):
        self.assertEqual(
            list(changes("one two three", "one 2 three")),
            [("equal", "one", "one"), ("replace", "two", "2"), ("equal", "three", "three")],
        )

    def test_frequent_words_of_a_long_page_do_not_matter(self):
        """Comparing each with each of the others would take millions of comparisons."""
        words = ["a"] * MOST_WORDS
        runs = list(changes(" ".join(words), " ".join([*words[1:], "b"])))
        self.assertEqual(" ".join(old for _, old, _ in runs).split(), words)

    def test_what_no_page_has_is_not_compared(self):
        left, right = "a " * (MOST_WORDS + 1), "b " * (MOST_WORDS + 1)
        with patch("difflib.SequenceMatcher", side_effect=AssertionError("compared")):
            self.assertEqual(list(changes(left, right)), [("replace", left, right)])
            self.assertEqual(list(changes(left, left)), [("equal", left, left)])
