"""Words to check in a document follow every kind of change to its text."""

from __future__ import annotations

from dataclasses import replace

from app.models import Job, Page
from app.ocr import result
from app.ocr.edits.replacement import Search
from app.ocr.edits.words import replace_words
from app.services.history import corrections, doubts, replacements, word_corrections
from app.services.jobs import reuse
from app.tests.base import SiteTestCase
from app.tests.factories import make_job, make_page, set_pages


def unsure(text: str, number: int) -> result.Page:
    """A page of one line whose words all need checking."""
    page = make_page(text, number=number)
    (block,) = page.blocks
    (line,) = block.lines
    words = tuple(replace(word, confidence=0.5) for word in line.words)
    return replace(page, blocks=(replace(block, lines=(replace(line, words=words),)),))


class DoubtsTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.job = make_job(self.alice)
        set_pages(self.job, unsure("one two", 1), make_page("sure", number=2), unsure("three", 3))

    def found(self) -> dict[int, int]:
        return dict(doubts.find(job=self.job).by_page)

    def test_neighbours_of_a_page(self):
        found = doubts.find(job=self.job)
        self.assertEqual((found.total, found.first), (3, 1))
        self.assertEqual([found.after(n) for n in (1, 2, 3)], [3, 3, None])
        self.assertEqual([found.before(n) for n in (1, 2, 3)], [None, 1, 1])

    def test_every_change_is_counted(self):
        self.assertEqual(self.found(), {1: 2, 3: 1})
        page = Page.objects.get(job=self.job, number=1)
        word_corrections.correct_words(
            job=self.job,
            number=1,
            version=word_corrections.version_of(page),
            edit=lambda tree: replace_words(tree, 0, text="One"),
        )
        self.assertEqual(self.found(), {1: 1, 3: 1})
        done = replacements.replace_all(job=self.job, search=Search("three"), text="3")
        self.assertEqual(self.found(), {1: 1})
        replacements.undo(job=self.job, group=done.group)
        self.assertEqual(self.found(), {1: 1, 3: 1})
        corrections.correct_page(job=self.job, number=3, text="another text, much longer")
        self.assertNotIn(3, self.found())
        corrections.correct_document(job=self.job, text=None)
        self.assertEqual(self.found(), {1: 2, 3: 1})

    def test_pages_are_counted_once(self):
        self.found()
        with self.assertNumQueries(1):
            self.found()

    def test_copied_result_is_counted_too(self):
        copy = Job(upload=self.job.upload, owner=self.alice, engine="tesseract")
        reuse.adopt(job=copy, original=self.job)
        self.assertEqual(doubts.find(job=copy).total, 3)
