from __future__ import annotations

import re
from datetime import timedelta

from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from app.models import Job, Status
from app.tests.base import SiteTestCase
from app.tests.factories import make_job


class HistoryTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.alice)

    def names(self, **query):
        page = self.client.get(reverse("history"), query)
        return [job.upload.name for job in page.context["page"]]

    def test_shows_own_entries_newest_first(self):
        make_job(self.alice, name="first.png")
        make_job(self.alice, name="second.png")
        make_job(self.charlie, name="foreign.png")
        self.assertEqual(self.names(), ["second.png", "first.png"])

    def test_staff_see_everybodys_where_the_setting_says_so(self):
        make_job(self.alice, name="hers.png", text="Needle")
        self.client.force_login(self.bob)
        for allowed, names in ((False, []), (True, ["hers.png"])):
            with self.subTest(allowed), override_settings(STAFF_SEES_TEXTS=allowed):
                self.assertEqual(self.names(), names)
                self.assertEqual(self.names(search="needle"), names)
                self.assertEqual(self.names(search="needle", order="id"), names)

    def test_filters_are_in_the_language_of_each_request(self):
        """The class of their form is created only once."""
        for language, label in (("en", "Any status"), ("de", "Jeder Status"), ("en", "Any status")):
            page = self.client.get(reverse("history"), headers={"accept-language": language})
            self.assertContains(page, label)

    def test_search_looks_into_names_and_texts(self):
        make_job(self.alice, name="invoice.png", text="Total 12")
        make_job(self.alice, name="letter.png", text="Dear Größe")
        self.assertEqual(self.names(search="INVOICE"), ["invoice.png"])
        self.assertEqual(self.names(search="größe dear"), ["letter.png"])
        self.assertEqual(self.names(search="nowhere"), [])

    def test_filters_narrow_and_orders_sort(self):
        make_job(self.alice, name="good.png", confidence=0.95, words=5)
        make_job(self.alice, name="poor.png", confidence=0.4, words=9, language_used="eng+deu")
        make_job(self.alice, name="failed.png", status=Status.FAILED, confidence=None)
        self.assertEqual(self.names(status="failed"), ["failed.png"])
        self.assertEqual(self.names(status="done", order="confidence"), ["poor.png", "good.png"])
        self.assertEqual(self.names(order="-words")[0], "poor.png")

    def test_starred_entries_alone(self):
        make_job(self.alice, name="plain.png")
        make_job(self.alice, name="loved.png", starred=True)
        self.assertEqual(self.names(starred="True"), ["loved.png"])

    def test_pages_keep_the_search(self):
        for number in range(21):
            make_job(self.alice, name=f"scan {number}.png")
        page = self.client.get(reverse("history"), {"search": "scan"})
        self.assertContains(page, "search=scan&amp;page=2")
        self.assertEqual(self.names(search="scan", page=2), ["scan 0.png"])

    def test_nonsense_in_the_address_shows_a_page_all_the_same(self):
        make_job(self.alice, name="hello.png")
        query = {"page": "x", "order": "password", "status": "none"}
        self.assertEqual(self.client.get(reverse("history"), query).status_code, 200)

    def test_what_narrows_the_list_has_a_name(self):
        page = self.client.get(reverse("history")).content.decode()
        labels = re.findall(r'<label class="visually-hidden" for="id_(\w+)">([^<]+)</label>', page)
        self.assertEqual(
            dict(labels),
            {name: name.title() for name in ("status", "language", "engine", "starred", "order")},
        )

    def test_number_of_queries_does_not_grow(self):
        for _ in range(3):
            make_job(self.alice)
        with self.assertNumQueries(4):  # session, user, count, entries
            self.client.get(reverse("history"))

    def test_empty_history_says_how_to_begin(self):
        self.assertContains(self.client.get(reverse("history")), "Nothing here yet")

    def test_found_words_are_marked_in_their_surroundings(self):
        make_job(self.alice, text="start " * 200 + "the needle here " + "end " * 200)
        page = self.client.get(reverse("history"), {"search": "NEEDLE"})
        self.assertContains(page, "the <mark>needle</mark> here")

    def test_text_of_the_entry_is_never_markup(self):
        make_job(self.alice, text="<b>bold</b> words")
        page = self.client.get(reverse("history"), {"search": "bold"})
        self.assertContains(page, "&lt;b&gt;<mark>bold</mark>&lt;/b&gt;")

    def test_names_tags_and_languages_are_never_markup(self):
        job = make_job(self.alice, name="<i>.png", tags=["<u>"], words=3, pages_total=2)
        job.title, job.language_used = "<b>", "<q>"
        job.save()
        page = self.client.get(reverse("history")).content.decode()
        for name in "iubq":
            self.assertNotIn(f"<{name}>", page)
        for text in ("<bdi>&lt;b&gt;</bdi>", "#&lt;u&gt;", "<span>&lt;q&gt;</span>"):
            self.assertIn(text, page)
        self.assertInHTML("<span>3 words</span>", page)
        self.assertInHTML("<span>2 pages</span>", page)

    def test_age_of_an_entry_goes_on(self):
        job = make_job(self.alice)
        for age, said in (
            (90, "a minute ago"),
            (7200, "2\xa0hours ago"),
            (90000, "1\xa0day"),
        ):
            Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(seconds=age))
            self.assertContains(self.client.get(reverse("history")), said)
        Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(hours=5))
        self.assertContains(self.client.get(reverse("history")), "5\xa0hours ago")
        self.assertContains(
            self.client.get(reverse("history"), headers={"Accept-Language": "de"}), "vor 5 Stunden"
        )
