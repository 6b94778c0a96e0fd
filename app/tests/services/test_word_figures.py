"""Figures in the Word document of a stored result, cut out of the uploaded file."""

from __future__ import annotations

import io
from unittest import mock

import docx
from django.core.files.storage import default_storage
from PIL import Image

from app.exports.base import ExportOptions
from app.models import Job
from app.ocr.errors import OcrError
from app.ocr.result import Bbox, Block, Line, Page, Word
from app.services.history import exports
from app.services.submission import uploads
from app.tests.base import SiteTestCase
from app.tests.factories import encoded, image_file, make_job, set_pages

BOAT = Bbox(50, 200, 450, 400)
CAPTION = "Figure 1. A boat"


class WordFigureTests(SiteTestCase):
    def job(self) -> Job:
        image = Image.new("RGB", (800, 800), "white")
        image.paste((200, 30, 30), BOAT)
        content = image_file("page.png", encoded(image))
        upload = uploads.store(
            content=content, name="page.png", owner=self.alice, visitor="", max_bytes=10**7
        )
        line = Line((Word(CAPTION, Bbox(50, 420, 400, 440), 1.0),))
        job = make_job(self.alice, upload=upload, text=CAPTION)
        set_pages(job, Page(1, 800, 800, (Block((line,), "caption"),), figures=(BOAT,)))
        return job

    def word(self, job: Job) -> docx.document.Document:
        rendered = exports.render(job=job, format="docx", options=ExportOptions())
        with default_storage.open(rendered.stored_name) as file:
            return docx.Document(io.BytesIO(file.read()))

    def test_the_figure_is_above_its_caption(self):
        word = self.word(self.job())
        (shape,) = word.inline_shapes
        self.assertEqual(shape._inline.docPr.get("descr"), CAPTION)
        self.assertEqual([paragraph.text for paragraph in word.paragraphs], ["", CAPTION])

    def test_without_the_uploaded_file_there_is_its_caption(self):
        missing = OcrError("source_missing", "The uploaded file is no longer kept.")
        with mock.patch.object(exports, "write_isolated", side_effect=missing):
            word = self.word(self.job())
        self.assertEqual(len(word.inline_shapes), 0)
        self.assertEqual([paragraph.text for paragraph in word.paragraphs], [CAPTION])
