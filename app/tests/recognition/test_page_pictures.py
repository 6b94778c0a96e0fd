"""Pictures of a recognized page, drawn from its pixels without decoding the file again."""

from __future__ import annotations

import io
from pathlib import Path
from unittest import mock

import pytest
from PIL import Image

from app.engines.base import EngineConfig
from app.ocr.images import PDF, SourceFile
from app.ocr.options import Options
from app.ocr.picture_sizes import Drawing
from app.recognition.recognizer import Recognizer
from app.tests.drawing import PROSE, draw_lines, encoded
from app.tests.ocr.test_source import text_pdf
from app.worker.process import ProcessConfig, RecognizerProcess

OPTIONS = Options(engine="tesseract")


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer(EngineConfig())


@pytest.fixture
def turned(tmp_path: Path) -> SourceFile:
    """A page that lies on its side."""
    path = tmp_path / "page.png"
    path.write_bytes(encoded(draw_lines(*PROSE * 2).rotate(90, expand=True), "PNG"))
    return SourceFile(path, "image/png")


@pytest.fixture
def layered(tmp_path: Path) -> SourceFile:
    path = tmp_path / "page.pdf"
    path.write_bytes(text_pdf("Hello world of text layers"))
    return SourceFile(path, PDF)


def size_of(picture: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(picture)).size


def test_pictures_are_drawn_of_the_pixels_that_were_read(recognizer, turned):
    page = recognizer.recognize(turned, 1, OPTIONS)
    upright = page.width, page.height
    assert (recognizer.has_pixels, page.rotation) == (True, 90)
    with mock.patch("app.recognition.recognizer.open_source", side_effect=AssertionError):
        pictures = recognizer.previews(turned, 1, rotation=90, size=upright)
    assert size_of(pictures[1]) == upright
    assert not recognizer.has_pixels  # the memory has been freed
    assert recognizer.previews(turned, 1, rotation=90, size=upright) == pictures


def test_pixels_of_another_page_are_not_used(recognizer, turned, layered):
    recognizer.recognize(turned, 1, OPTIONS)
    page = recognizer.recognize(layered, 1, OPTIONS)
    assert not recognizer.has_pixels
    _, picture = recognizer.previews(layered, 1, rotation=0, size=(page.width, page.height))
    assert size_of(picture)[0] / size_of(picture)[1] == pytest.approx(
        page.width / page.height, 0.01
    )


def test_process_draws_what_was_decoded_and_first_pages(turned, layered):
    recognizer = "app.recognition.recognizer.Recognizer"
    process = RecognizerProcess(ProcessConfig(EngineConfig(), recognizer, 60, 0))
    try:
        drawn = []
        for file, drawing in (
            (turned, Drawing.IF_DECODED),
            (layered, Drawing.IF_DECODED),
            (layered, Drawing.ALWAYS),
        ):
            process.recognize(file, 1, OPTIONS, drawing=drawing)
            taken = process.take_pictures()
            drawn.append(len(taken[1]) if taken else None)
    finally:
        process.kill()
    assert drawn == [2, 0, 2]
