"""The search of the history: any script, words of any length, and only the caller's entries."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from app.models import Job, SearchText
from app.models.access import search_scope
from app.models.search import searchable
from app.services.accounts import accounts
from app.services.history import entries, trash
from app.tests.base import SiteTestCase
from app.tests.factories import make_job


class SearchTests(SiteTestCase):
    def found(self, words: str, user=None) -> list[str]:
        user = user or self.alice
        jobs = Job.objects.visible_to(user).search(words, search_scope(user))
        return [job.file_name for job in jobs]

    def test_words_of_any_length_in_any_script(self):
        make_job(self.alice, name="a.png", text="深圳增值税发票 §3 Straße №5 zz\u200dtop")
        for words in (
            "税",
            "发票",
            "增值税",
            "增值税发票",
            "§3",
            "№5",
            "STRASSE",
            "aß",
            "zz",
            "z",
            "3",
        ):
            with self.subTest(words):
                self.assertEqual(self.found(words), ["a.png"])
        for words in ("票发", "值发", "发票 银行", "3№", "zx", "q", "p§"):
            with self.subTest(words):
                self.assertEqual(self.found(words), [])

    def test_short_words_are_parts_of_words_and_never_cross_a_space(self):
        make_job(self.alice, text="ab cd")
        self.assertEqual(len(self.found("b d")), 1)
        self.assertEqual(self.found("bc"), [])

    def test_marks_of_short_words_are_no_text_of_anybody(self):
        make_job(self.alice, text="one\x01two")
        for words in ("one", "two", "ne"):
            with self.subTest(words):
                self.assertEqual(len(self.found(words)), 1)
        self.assertEqual(self.found("\x01"), [])
        self.assertEqual(self.found("one\x01"), [])

    def test_short_parts_stand_behind_the_folded_text(self):
        self.assertEqual(searchable("AbC"), "abc\n\x01a\x01ab\x01b\x01bc\x01c\x01")

    def test_finds_nobody_elses(self):
        make_job(self.alice, name="hers.png", text="needle zz")
        make_job(self.charlie, name="his.png", text="needle zz")
        make_job(None, name="nobodys.png", visitor="v" * 43, text="needle zz")
        for words in ("needle", "zz"):
            with self.subTest(words):
                self.assertEqual(self.found(words), ["hers.png"])
                self.assertEqual(self.found(words, self.charlie), ["his.png"])
                self.assertEqual(len(self.found(words, self.bob)), 3)

    def test_visitors_find_what_they_sent(self):
        make_job(None, name="mine.png", visitor="v" * 43, text="needle")
        make_job(None, name="others.png", visitor="w" * 43, text="needle")
        jobs = Job.objects.visible_to(AnonymousUser(), "v" * 43).search("needle", 0)
        self.assertEqual([job.file_name for job in jobs], ["mine.png"])

    def test_finds_what_was_adopted(self):
        make_job(None, name="early.png", visitor="v" * 43, text="needle")
        self.assertEqual(accounts.adopt_visitor(user=self.alice, visitor="v" * 43), 1)
        self.assertEqual(self.found("needle"), ["early.png"])
        self.assertEqual(SearchText.objects.get().scope, self.alice.pk)

    def test_follows_changes(self):
        job = make_job(self.alice, text="before")
        entries.update(job=job, title="after")
        self.assertEqual(len(self.found("before after")), 1)
        entries.update(job=job, corrected_text="now")
        self.assertEqual(self.found("before"), [])
        self.assertEqual(len(self.found("now")), 1)

    def test_index_holds_neither_trash_nor_deleted_entries(self):
        job = make_job(self.alice, text="needle")
        trash.discard(jobs=[job])
        self.assertEqual(self.indexed("needle"), 0)
        trash.restore(jobs=[job])
        self.assertEqual(self.indexed("needle"), 1)
        entries.delete(jobs=[job])
        self.assertEqual(self.indexed("needle"), 0)

    def indexed(self, word: str) -> int:
        if connection.vendor != "sqlite":
            return SearchText.objects.filter(text__contains=word).exclude(scope=None).count()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM app_search WHERE app_search MATCH %s", [word])
            return cursor.fetchone()[0]
