"""Corrections of single words: stored with their boxes, undone, exported, one version a session."""

from __future__ import annotations

import io
import re
from unittest.mock import patch

from app.exports.base import ExportOptions
from app.models import Job, Page
from app.ocr.edits import steps, words
from app.ocr.errors import OcrError
from app.services.history import (
    cells,
    corrections,
    exports,
    tables,
    word_corrections,
)
from app.services.history.word_corrections import version_of
from app.services.jobs import reuse
from app.tests.base import SiteTestCase
from app.tests.exports.structured_sample import price_pages, report_page
from app.tests.factories import make_job, make_page, set_pages


class WordCorrectionTestCase(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.job = make_job(self.alice, text="Hcllo world\nof words")
        set_pages(self.job, make_page("Hcllo world\nof words"), make_page("Good bye", number=2))
        self.job.refresh_from_db()

    def row(self, number: int = 1) -> Page:
        return Page.objects.get(job=self.job, number=number)

    def edit(self, edit=None, *, number=1, version=None, author=None, **values):
        edit = edit or words.replace_words
        row = word_corrections.correct_words(
            job=self.job,
            number=number,
            version=version or version_of(self.row(number)),
            edit=lambda page: edit(page, **values),
            author=author or self.alice,
        )
        self.job.refresh_from_db()
        return row

    def undo(self, number=1):
        version = version_of(self.row(number))
        word_corrections.undo(job=self.job, number=number, version=version, author=self.alice)
        self.job.refresh_from_db()

    def exported(self, format: str) -> str:
        rendered = exports.render(job=self.job, format=format, options=ExportOptions())
        with exports.default_storage.open(rendered.stored_name) as file:
            return io.TextIOWrapper(file, "utf-8").read()


class EditTests(WordCorrectionTestCase):
    def test_text_search_and_exports_follow(self):
        self.edit(word=0, text="Hello")
        self.assertEqual(self.row().final_text, "Hello world\nof words")
        self.assertEqual(self.job.corrected_text, "Hello world\nof words\n\nGood bye")
        self.assertTrue(Job.objects.search("hello").exists())
        self.assertIn("Hello world", self.exported("txt"))
        self.assertIn(
            "bbox 0 0 100 30; x_wconf 100'>Hello", self.exported("hocr").replace('"', "'")
        )

    def test_boxes_of_split_words_and_new_lines_are_exported(self):
        self.edit(word=0, text="Hel lo")
        self.edit(words.break_line, word=2)
        self.assertEqual(self.exported("txt"), "Hel lo\nworld\nof words\n\nGood bye\n")
        lines = list(self.row().final_result.lines)
        self.assertEqual([len(line.words) for line in lines], [2, 1, 2])
        self.assertEqual(lines[0].words[1].bbox.right, 100)
        hocr = self.exported("hocr")
        self.assertEqual(re.findall(r'"ocrx?_(line|word)"', hocr).count("word"), 7)
        self.assertEqual(re.findall(r'"ocrx?_(line|word)"', hocr).count("line"), 4)

    def test_an_older_version_of_the_page_is_a_conflict(self):
        seen = version_of(self.row())
        self.edit(word=0, text="Hello")
        with self.assertRaises(OcrError) as caught:
            self.edit(word=1, text="there", version=seen)
        self.assertEqual(caught.exception.code, "conflict")
        self.assertEqual(self.row().final_text, "Hello world\nof words")

    def test_a_rewritten_page_has_no_words_to_edit(self):
        corrections.correct_page(job=self.job, number=1, text="x " * 6000)
        with self.assertRaises(OcrError) as caught:
            self.edit(word=0, text="Hello")
        self.assertEqual(caught.exception.code, "conflict")

    def test_a_text_typed_as_a_whole_takes_the_place_of_word_corrections(self):
        self.edit(word=0, text="Hel lo")
        corrections.correct_page(job=self.job, number=1, text="Hello world\nof wonders")
        self.assertIsNone(self.row().word_correction)
        self.assertEqual(self.row().final_result.text, "Hello world\nof wonders")
        self.edit(word=1, text="World")
        self.assertEqual(self.row().final_text, "Hello World\nof wonders")

    def test_confirming_a_word_changes_no_text_and_makes_no_version(self):
        self.edit(word=0, text="Hcllo")
        row = self.row()
        self.assertIsNone(row.corrected_text)
        self.assertEqual(next(row.final_result.words).confidence, 1.0)
        self.assertEqual(self.job.revisions.count(), 0)
        self.edit(word=1, text="World")
        self.assertEqual(next(self.row().final_result.words).confidence, 1.0)
        self.assertEqual(self.job.revisions.get().text, "Hcllo world\nof words")

    def test_nothing_changed_leaves_no_trace(self):
        self.edit(word=0, text="Hello")
        version = self.job.version
        self.edit(word=0, text="Hello")
        self.assertEqual(self.job.version, version)

    def test_pages_that_do_not_exist(self):
        with self.assertRaises(OcrError) as caught:
            word_corrections.correct_words(
                job=self.job, number=9, version="", edit=lambda page: page
            )
        self.assertEqual(caught.exception.code, "not_found")

    def test_number_of_queries_is_that_of_a_short_page(self):
        self.edit(word=0, text="Hello")  # begins the session
        version = version_of(self.row())
        with self.assertNumQueries(8):
            word_corrections.correct_words(
                job=self.job,
                number=1,
                version=version,
                edit=lambda page: words.replace_words(page, 1, text="World"),
                author=self.alice,
            )

    def test_a_copy_of_the_result_is_as_it_was_recognized(self):
        self.edit(word=0, text="Hello")
        copy = Job(upload=self.job.upload, owner=self.alice, engine="tesseract")
        reuse.adopt(job=copy, original=self.job)
        page = copy.pages.get(number=1)
        self.assertEqual(page.final_result.text, "Hcllo world\nof words")
        self.assertNotIn("correction", page.tree)


class VersionTests(WordCorrectionTestCase):
    def test_one_version_for_a_session_of_work(self):
        for word, text in enumerate(["Hello", "World", "OF", "WORDS"]):
            self.edit(word=word, text=text)
        self.assertEqual(self.job.revisions.get().text, "Hcllo world\nof words")

    def test_a_pause_begins_another(self):
        self.edit(word=0, text="Hello")
        with patch.object(word_corrections, "SESSION_SECONDS", 0):
            self.edit(word=1, text="World")
        texts = list(self.job.revisions.order_by("pk").values_list("text", flat=True))
        self.assertEqual(texts, ["Hcllo world\nof words", "Hello world\nof words"])

    def test_so_does_another_person_and_a_text_typed_as_a_whole(self):
        self.edit(word=0, text="Hello")
        self.edit(word=1, text="World", author=self.bob)
        corrections.correct_page(job=self.job, number=1, text="Hello all\nof words")
        self.edit(word=0, text="Hi")
        texts = list(self.job.revisions.order_by("pk").values_list("text", flat=True))
        self.assertEqual(len(texts), 4)
        self.assertEqual(texts[3], "Hello all\nof words")

    def test_an_earlier_text_is_brought_back(self):
        self.edit(word=0, text="Hello")
        corrections.restore(revision=self.job.revisions.get(), author=self.alice)
        self.assertEqual(self.row().final_result, self.row().result)
        self.job.refresh_from_db()
        self.assertIsNone(self.job.corrected_text)


class UndoTests(WordCorrectionTestCase):
    def test_every_step_is_undone_down_to_the_recognized_page(self):
        recognized = self.row().final_result
        states = [recognized]
        for edit, values in (
            (words.replace_words, {"word": 0, "text": "Hel lo"}),
            (words.join_lines, {"word": 0}),
            (words.replace_words, {"word": 0, "count": 5, "text": ""}),
        ):
            self.edit(edit, **values)
            states.append(self.row().final_result)
        for state in reversed(states[:-1]):
            self.undo()
            self.assertEqual(self.row().final_result, state)
        self.assertNotIn("correction", self.row().tree)
        self.assertIsNone(self.job.corrected_text)
        with self.assertRaises(OcrError) as caught:
            self.undo()
        self.assertEqual(caught.exception.code, "conflict")

    def test_an_undone_edit_made_again_is_no_second_version(self):
        self.edit(word=0, text="Hello")
        self.undo()
        self.edit(word=0, text="Hello")
        self.assertEqual(self.job.revisions.count(), 1)

    def test_the_steps_are_limited(self):
        with patch.object(steps, "MOST_STEPS", 2):
            for text in ("a", "b", "c"):
                self.edit(word=0, text=text)
        self.undo()
        self.undo()
        self.assertTrue(self.row().final_text.startswith("a world"))
        self.assertFalse(word_corrections.can_undo(self.row()))

    def test_steps_of_large_tables_are_limited_by_size(self):
        with patch.object(steps, "MOST_CHARACTERS", 10):
            self.edit(word=0, text="a")
        self.assertFalse(word_corrections.can_undo(self.row()))
        self.assertTrue(self.row().final_text.startswith("a world"))

    def test_steps_in_a_large_table_have_only_the_cell_that_differs(self):
        set_pages(self.job, report_page())
        index = [word.text for word in report_page().words].index("1,234.5")
        self.edit(word=index, text="1")
        [step] = self.row().tree["correction"]["steps"]
        self.assertEqual((step["part"], len(step["run"]["before"])), ("cells", 1))
        self.undo()
        self.assertEqual(self.row().final_result, self.row().result)

    def test_blocks_that_come_and_go(self):
        set_pages(self.job, report_page())
        before = self.row().final_result
        count = len(list(before.words))
        for _ in range(count):
            self.edit(word=0, text="")
        self.assertEqual(self.row().final_text, "")
        for _ in range(count):
            self.undo()
        self.assertEqual(self.row().final_result.blocks, before.blocks)


class TableTests(WordCorrectionTestCase):
    def setUp(self):
        super().setUp()
        set_pages(self.job, report_page(), *price_pages())

    def test_tables_follow_corrected_words_and_words_corrected_cells(self):
        index = [word.text for word in report_page().words].index("1,234.5")
        self.edit(word=index, text="1,239.5")
        cells.correct_cells(job=self.job, page=1, table=1, texts={(3, 1): "new"}, author=self.alice)
        self.edit(word=0, text="2")
        [found] = tables.tables(job=self.job, page=1)
        texts = {(cell.row, cell.column): cell.text for cell in found.table.cells}
        self.assertEqual((texts[2, 1], texts[3, 1]), ("1,239.5", "new"))
        self.assertIn("North and <west>\t1,239.5\t12.0\nSouth\tnew\t-7.5", self.row().final_text)
        self.assertEqual(self.job.revisions.count(), 1)
