"""What a page's text lacks is said above it, in the language of the reader."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse

from app.models import Page
from app.ocr import remarks
from app.ocr.tree import page_to_tree
from app.tests.base import SiteTestCase
from app.tests.factories import make_job, make_page
from app.web.entry_page import REMARKS


class RemarkTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.job = make_job(self.alice, text="Dear friends")
        self.client.force_login(self.alice)

    def shown(self, reason: str, language: str = "en", **query: str) -> str:
        page = replace(make_page("Dear friends"), reason=reason)
        Page.objects.filter(job=self.job).update(tree=page_to_tree(page))
        address = reverse("entry", args=[self.job.pk])
        answer = self.client.get(address, query, headers={"Accept-Language": language})
        return answer.content.decode()

    def test_every_remark_has_a_sentence(self):
        self.assertEqual(set(REMARKS), set(remarks.REMARKS))
        for remark in remarks.REMARKS:
            self.assertIn("page-remark", self.shown(remark))

    def test_remarks_are_shown_but_no_explanation_of_the_engine(self):
        reason = remarks.joined("PP-OCR reads it best", remarks.HANDWRITING, remarks.LOST_TEXT)
        page = self.shown(reason)
        self.assertIn("seems to be handwritten", page)
        self.assertIn("Some text on this page could not be read.", page)
        self.assertNotIn("PP-OCR reads it best", page)
        self.assertNotIn("page-remark", self.shown("PP-OCR reads it best"))

    def test_remarks_follow_the_language_of_the_page(self):
        self.assertIn("von Hand geschrieben", self.shown(remarks.HANDWRITING, "de"))

    def test_names_of_files_are_no_markup(self):
        attached = remarks.with_detail(remarks.ATTACHED, "<b>.csv")
        self.assertIn("were not read: &lt;b&gt;.csv", self.shown(attached))

    def test_corrected_text_has_no_remarks(self):
        Page.objects.filter(job=self.job).update(corrected_text="Dear friend")
        self.assertNotIn("page-remark", self.shown(remarks.HANDWRITING))

    def test_handwritten_words_are_marked(self):
        page = make_page("Dear friends")
        tree = page_to_tree(page)
        for word in tree["blocks"][0]["lines"][0][1]:
            word[6:] = [0, "", 1]
        Page.objects.filter(job=self.job).update(tree=tree)
        answer = self.client.get(reverse("entry", args=[self.job.pk]))
        self.assertContains(answer, "word-handwritten", 2)
