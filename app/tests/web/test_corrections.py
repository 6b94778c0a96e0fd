"""Words corrected by the page's script, and find and replace: access, bad input, queries."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from app.models import Page
from app.tests.base import SiteTestCase
from app.tests.factories import make_job, make_page, set_pages


class CorrectionTestCase(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.job = make_job(self.alice, text="Hcllo world\nof words")
        set_pages(self.job, make_page("Hcllo world\nof words"), make_page("Good bye", number=2))
        self.client.force_login(self.alice)
        self.address = reverse("words", args=[self.job.pk, 1])

    def text(self, number=1):
        return Page.objects.get(job=self.job, number=number).final_text


class WordsTests(CorrectionTestCase):
    def state(self):
        return self.client.get(self.address).json()

    def edit(self, *, client=None, version=None, **fields):
        body = {"version": version or self.state()["version"], "action": "replace", **fields}
        return (client or self.client).patch(self.address, body, content_type="application/json")

    def test_answer_is_the_page_as_it_is_now(self):
        answer = self.edit(word=0, text="Hello all")
        body = answer.json()
        self.assertEqual(answer.status_code, 200)
        self.assertIn('data-box="0 0 ', body["html"])
        self.assertIn(">Hello</span> <span", body["html"])
        self.assertEqual((body["words"], body["to_check"]), (5, 0))
        self.assertEqual(body["to_check_text"], "No words to check")
        self.assertTrue(body["can_undo"])
        self.assertTrue(body["corrected"])
        self.assertEqual(body, self.state())
        self.assertEqual(self.text(), "Hello all world\nof words")

    def test_every_action(self):
        self.edit(word=1, action="insert", text="big")
        self.edit(word=0, count=2, text="Hello")
        self.edit(word=1, action="break_line")
        self.edit(word=1, action="join_line")
        self.edit(word=0, action="insert_line", text="one more")
        self.assertEqual(self.text(), "Hello\none more\nbig of words")
        self.edit(action="undo", word=None)
        self.assertEqual(self.text(), "Hello\nbig of words")

    def test_words_to_check_are_counted(self):
        tree = Page.objects.get(job=self.job, number=1).tree
        for word, confidence in zip(tree["blocks"][0]["lines"][0][1], (0.3, 0.89), strict=True):
            word[5] = confidence
        Page.objects.filter(job=self.job, number=1).update(tree=tree)
        self.assertEqual(self.state()["to_check_text"], "2 words to check")
        self.assertIn("word-doubtful", self.state()["html"])
        self.assertIn("word-check", self.state()["html"])
        self.assertEqual(self.edit(word=0, text="Hcllo").json()["to_check_text"], "1 word to check")

    def test_a_page_that_was_changed_meanwhile_is_409(self):
        seen = self.state()["version"]
        self.edit(word=0, text="Hello")
        answer = self.edit(word=1, text="x", version=seen)
        self.assertEqual((answer.status_code, answer.json()["code"]), (409, "conflict"))
        self.assertEqual(self.text(), "Hello world\nof words")

    def test_nothing_to_undo_is_409(self):
        self.assertEqual(self.edit(action="undo").status_code, 409)

    def test_bad_input_is_400_or_404_and_changes_nothing(self):
        version = self.state()["version"]
        bodies = [
            (400, b"no json"),
            (400, b"[]"),
            (400, b'"text"'),
            (400, b"\xff\xfe"),
            (400, b'{"version": "\\ud800"}'),
            (400, b"[" * 100_000),
            (413, b'{"text": "' + b"x" * 1_100_000 + b'"}'),
        ]
        for status, body in bodies:
            answer = self.client.patch(self.address, body, content_type="application/json")
            with self.subTest(body[:20]):
                self.assertEqual(answer.status_code, status)
                self.assertIn("detail", answer.json())
        for status, fields in (
            (404, {"word": 99}),
            (400, {"word": -1}),
            (400, {"word": True}),
            (400, {"word": [0]}),
            (400, {"word": None}),
            (400, {"word": 10**30}),
            (400, {"word": 0, "count": 0}),
            (400, {"word": 1, "count": 2, "text": "x"}),
            (400, {"word": 0, "text": "x" * 1001}),
            (400, {"word": 0, "text": "a\0b"}),
            (400, {"word": 0, "action": "magic"}),
            (400, {"word": 0, "action": "insert", "text": " "}),
            (400, {"word": 2, "action": "join_line"}),
        ):
            with self.subTest(fields):
                self.assertEqual(self.edit(version=version, **fields).status_code, status)
        self.assertEqual(self.text(), "Hcllo world\nof words")

    def test_text_is_shown_as_text(self):
        self.assertNotIn(
            "<script", self.edit(word=0, text="<script>alert(1)</script>").json()["html"]
        )

    def test_strangers_and_pages_that_were_not_read(self):
        for user in (self.charlie, self.bob, None):
            client = Client()
            if user:
                client.force_login(user)
            with self.subTest(user):
                self.assertEqual(client.get(self.address).status_code, 404)
                self.assertEqual(self.edit(client=client, word=0, text="x").status_code, 404)
        self.address = reverse("words", args=[self.job.pk, 9])
        self.assertEqual(self.client.get(self.address).status_code, 404)
        self.assertEqual(self.edit(version="x", word=0, text="x").status_code, 404)

    def test_a_request_of_another_site_is_refused(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.alice)
        self.assertEqual(self.edit(client=client, version="x", word=0, text="x").status_code, 403)
        self.assertEqual(self.client.post(self.address).status_code, 405)

    def test_number_of_queries_does_not_grow_with_the_document(self):
        self.edit(word=0, text="Hello")
        version = self.state()["version"]
        with CaptureQueriesContext(connection) as few:
            self.edit(version=version, word=0, text="Hallo")
        count = len(few)
        pages = [make_page(f"Page {n}", number=n) for n in range(3, 40)]
        set_pages(self.job, make_page("Hcllo world"), *pages)
        self.edit(word=0, text="Hello")
        version = self.state()["version"]
        with self.assertNumQueries(count):
            self.edit(version=version, word=0, text="Hallo")


class ReplaceTests(CorrectionTestCase):
    def setUp(self):
        super().setUp()
        self.address = reverse("replace", args=[self.job.pk])

    def test_preview_counts_and_changes_nothing(self):
        page = self.client.get(self.address, {"find": "wor", "by": "<b>"})
        self.assertContains(page, "2 places")
        self.assertContains(page, "on 1 page")
        self.assertContains(page, "<del>wor</del><ins>&lt;b&gt;</ins>ld")
        self.assertEqual(self.text(), "Hcllo world\nof words")

    def test_one_place_is_singular_and_none_has_no_button(self):
        self.assertContains(self.client.get(self.address, {"find": "bye", "by": "x"}), "1 place<")
        page = self.client.get(self.address, {"find": "zebra", "by": "x"})
        self.assertContains(page, "0 places")
        self.assertNotContains(page, "Replace all")

    def test_replaced_and_undone(self):
        fields = {"find": "o", "by": "0", "match_case": "on"}
        page = self.client.post(self.address + "?page=2", fields, follow=True)
        self.assertContains(page, "6 places replaced.")
        self.assertEqual(self.text(2), "G00d bye")
        [group] = [
            value for name, value in page.context["request"].GET.items() if name == "replaced"
        ]
        undo = reverse("undo-replacement", args=[self.job.pk])
        page = self.client.post(undo, {"group": group, "page": "2"}, follow=True)
        self.assertContains(page, "The replacement is undone.")
        self.assertEqual((self.text(), self.text(2)), ("Hcllo world\nof words", "Good bye"))
        page = self.client.post(undo, {"group": group}, follow=True)
        self.assertContains(page, "nothing was undone")

    def test_bad_input(self):
        for fields in ({"find": ""}, {"find": "x" * 201}, {"find": "a\0"}, {"find": " "}):
            with self.subTest(fields):
                self.assertEqual(self.client.post(self.address, fields).status_code, 400)
                self.assertContains(
                    self.client.get(self.address, {**fields, "by": ""}), "field-errors"
                )
        for page in ("x", "٣", "9" * 20, "-1"):
            address = self.client.get(self.address, {"page": page, "find": "o", "by": "x"})
            self.assertEqual(address.status_code, 200)

    def test_strangers(self):
        undo = reverse("undo-replacement", args=[self.job.pk])
        self.client.force_login(self.charlie)
        self.assertEqual(self.client.get(self.address).status_code, 404)
        self.assertEqual(self.client.post(self.address, {"find": "o", "by": "x"}).status_code, 404)
        self.assertEqual(self.client.post(undo, {"group": "x"}).status_code, 404)
        self.assertEqual(self.text(), "Hcllo world\nof words")


class MenuAndBlankPageTests(CorrectionTestCase):
    def test_formats_for_people_come_first(self):
        page = self.client.get(reverse("entry", args=[self.job.pk])).content.decode()
        names = ["export/pdf/", "export/docx/", "export/xlsx/", "export/txt/"]
        places = [page.index(name) for name in [*names, "For programs", "export/json/"]]
        self.assertEqual(places, sorted(places))

    def test_a_blank_page_says_what_to_try(self):
        blank = make_job(self.alice, text="", words=0)
        page = self.client.get(reverse("entry", args=[blank.pk]))
        self.assertContains(page, "No text found on this page")
        self.assertContains(page, 'id="again" open')
        self.assertNotContains(page, "<span>Copy</span>")

    def test_names_of_files_keep_their_direction(self):
        self.assertContains(
            self.client.get(reverse("entry", args=[self.job.pk])), "<bdi>hello.png</bdi>"
        )
        self.assertContains(self.client.get(reverse("history")), "<bdi>hello.png</bdi>")

    def test_prose_flows_on_phones_and_receipts_keep_their_lines(self):
        prose = "a line of a book that is as long as books have them\n" * 3
        receipt = "LOT 1851-A & 1851-B, JALAN KPB 6,\nKAWASAN PERINDUSTRIAN\nBALAKONG"
        for text, flows in ((prose, True), (receipt, False)):
            page = self.client.get(reverse("entry", args=[make_job(self.alice, text=text).pk]))
            self.assertEqual("block-flows" in page.content.decode(), flows)
