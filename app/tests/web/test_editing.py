from __future__ import annotations

from django.test import override_settings
from django.urls import reverse

from app.models import Job
from app.services.history import corrections
from app.tests.base import SiteTestCase
from app.tests.factories import make_job


class EditingTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.job = make_job(self.alice, text="Hcllo world")
        self.client.force_login(self.alice)

    def post(self, name, fields, *args):
        return self.client.post(reverse(name, args=[self.job.pk, *args]), fields, follow=True)

    def test_title_tags_and_notes_are_kept_and_found(self):
        fields = {"title": "Greeting", "tags": "#coast, 1953 , coast", "notes": "from the attic"}
        self.assertContains(self.post("change-details", fields), "Greeting")
        self.job.refresh_from_db()
        self.assertEqual(self.job.tags, ["coast", "1953"])
        for words in ("greeting", "#coast", "attic"):
            with self.subTest(words):
                self.assertTrue(Job.objects.search(words).exists())

    def test_too_many_tags_are_refused(self):
        answer = self.post("change-details", {"tags": ",".join(map(str, range(21)))})
        self.assertContains(answer, "At most 20 tags")

    def test_star_is_given_and_taken(self):
        self.post("star", {"on": "1"})
        self.job.refresh_from_db()
        self.assertTrue(self.job.starred)
        self.post("star", {})
        self.job.refresh_from_db()
        self.assertFalse(self.job.starred)

    def test_corrected_text_is_shown_with_its_boxes(self):
        page = self.post("correct", {"text": "Hello world"}, 1)
        self.assertContains(page, 'data-box="0 0 100 30"')
        self.assertContains(page, "Hello</span>")
        page = self.client.get(reverse("entry", args=[self.job.pk]), {"version": "recognized"})
        self.assertContains(page, "Hcllo</span>")

    def test_rewritten_text_that_fits_no_boxes_is_shown_all_the_same(self):
        text = "Something else entirely. " * 300
        self.assertContains(self.post("correct", {"text": text}, 1), "else entirely")

    def test_earlier_text_is_brought_back(self):
        self.post("correct", {"text": "Hello world"}, 1)
        self.post("restore-revision", {}, self.job.revisions.get().pk)
        self.assertEqual(self.job.pages.get().final_text, "Hcllo world")

    def test_revision_of_another_entry_is_404(self):
        other = make_job(self.alice)
        corrections.correct_page(job=other, number=1, text="x")
        answer = self.post("restore-revision", {}, other.revisions.get().pk)
        self.assertEqual(answer.status_code, 404)

    def test_page_that_was_not_read_is_404(self):
        self.assertEqual(self.post("correct", {"text": "x"}, 9).status_code, 404)

    def test_stranger_changes_nothing(self):
        self.client.force_login(self.charlie)
        for name, args in (("change-details", ()), ("star", ()), ("correct", (1,))):
            with self.subTest(name):
                self.assertEqual(self.post(name, {"text": "x"}, *args).status_code, 404)


class AgainTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.job = make_job(self.alice, text="Helo word")
        self.client.force_login(self.alice)
        self.address = reverse("recognize-again", args=[self.job.pk])

    def test_same_file_is_read_with_other_options_and_compared(self):
        page = self.client.post(self.address, {"engine": "tesseract", "rotate": "0"}, follow=True)
        again = Job.objects.exclude(pk=self.job.pk).get()
        self.assertEqual(again.upload, self.job.upload)
        self.assertEqual(again.recognition_options.rotate, 0)
        self.assertContains(page, f'href="compare/{self.job.pk}/"')
        page = self.client.get(reverse("compare", args=[self.job.pk, again.pk]))
        self.assertContains(page, "<del>Helo word</del>")
        self.assertContains(page, "<ins>Hello world 2026</ins>")

    def test_unknown_engine_is_refused(self):
        answer = self.client.post(self.address, {"engine": "magic"}, follow=True)
        self.assertContains(answer, "notice-error")
        self.assertEqual(Job.objects.count(), 1)

    @override_settings(QUOTA_ACCOUNT=0, RATE_ACCOUNT=1)
    def test_limits_of_the_api_hold_here_too(self):
        self.client.post(self.address, {"engine": "tesseract"})
        refused = self.client.post(self.address, {"engine": "tesseract"})
        self.assertEqual(refused.status_code, 429)
        self.assertIn(int(refused["Retry-After"]), range(1, 61))
