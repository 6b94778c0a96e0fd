"""Engines and languages are searched for once every few seconds, so new ones are found soon."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import Mock, patch

import pytest

from app.ocr.errors import OcrError
from app.recognition.catalog import EngineEntry
from app.services import installed

GERMAN = EngineEntry("tesseract", "Tesseract", True, "", ("deu",))
MISSING = EngineEntry("easyocr", "EasyOCR", False, "Install it.", ())


@pytest.fixture
def looked() -> Iterator[Mock]:
    with patch("app.services.installed.engine_catalog", return_value=(GERMAN, MISSING)) as looked:
        yield looked


def test_looks_again_after_some_seconds(looked: Mock) -> None:
    for seconds, looks in ((100, 1), (104, 1), (105, 2), (106, 2)):
        with patch("app.services.installed.time.monotonic", return_value=seconds):
            assert installed.engines() == (GERMAN, MISSING)
        assert looked.call_count == looks


@pytest.mark.parametrize(
    ("engine", "languages", "code"),
    [
        ("tesseract", ("fra",), "unknown_language"),
        ("easyocr", (), "engine_unavailable"),
        ("none", (), "unknown_engine"),
    ],
)
def test_refuses_what_is_not_here(
    looked: Mock, engine: str, languages: tuple[str, ...], code: str
) -> None:
    installed.check("tesseract", ("deu", "auto"))
    with pytest.raises(OcrError) as refusal:
        installed.check(engine, languages)
    assert refusal.value.code == code


def test_languages_are_those_that_an_engine_reads() -> None:
    assert all(entry.engines for entry in installed.languages())
