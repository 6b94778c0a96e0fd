"""Find and replace over a document: counted, replaced, undone as one."""

from __future__ import annotations

from unittest.mock import patch

from app.ocr.edits.replacement import Search
from app.services.history import corrections, replacements

from .test_word_corrections import WordCorrectionTestCase


class ReplacementTests(WordCorrectionTestCase):
    def replace(self, search, text):
        done = replacements.replace_all(
            job=self.job, search=Search(search), text=text, author=self.alice
        )
        self.job.refresh_from_db()
        return done

    def test_preview_counts_what_is_replaced(self):
        found = replacements.preview(job=self.job, search=Search("o"))
        self.assertEqual((found.count, found.pages), (6, 2))
        self.assertEqual([number for number, _ in found.places], [1, 1, 1, 1, 2, 2])
        done = self.replace("o", "0")
        self.assertEqual((done.count, done.pages), (6, 2))
        self.assertEqual(self.job.corrected_text, "Hcll0 w0rld\n0f w0rds\n\nG00d bye")

    def test_lists_of_places_are_short(self):
        with patch.object(replacements, "MOST_PLACES", 2):
            found = replacements.preview(job=self.job, search=Search("o"))
        self.assertEqual((found.count, len(found.places)), (6, 2))

    def test_it_is_undone_on_all_pages_not_edited_since(self):
        self.edit(word=1, text="World")
        done = self.replace("o", "0")
        self.edit(word=0, text="Hello")
        self.assertEqual(replacements.undo(job=self.job, group=done.group), 1)
        self.assertEqual(self.row(2).final_text, "Good bye")
        self.assertEqual(self.row(1).final_text, "Hello W0rld\n0f w0rds")
        self.undo()
        self.assertEqual(replacements.undo(job=self.job, group=done.group), 1)
        self.assertEqual(self.row(1).final_text, "Hcllo World\nof words")
        self.assertEqual(replacements.undo(job=self.job, group=""), 0)

    def test_nothing_found_changes_nothing(self):
        version = self.job.version
        self.assertEqual(self.replace("zebra", "x").pages, 0)
        self.assertEqual(self.replace("world", "world").pages, 1)  # now confirmed
        self.assertEqual(self.job.version, version + 1)
        self.assertEqual(self.job.revisions.count(), 0)

    def test_rewritten_pages_are_left_out(self):
        corrections.correct_page(job=self.job, number=1, text="zebra " * 1500)
        self.assertEqual(replacements.preview(job=self.job, search=Search("zebra")).count, 0)
        self.assertEqual(self.replace("zebra", "x").pages, 0)
