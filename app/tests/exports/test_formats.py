"""Every format: its contract, its golden file, and its handling of hostile words."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from app.exports.base import Document, ExportOptions, Part
from app.exports.registry import EXPORTS, get_exporter
from app.ocr.errors import OcrError
from app.ocr.result import Page
from app.tests.exports.programs import export
from app.tests.exports.sample import CREATED, sample_pages, text_document, tiff_document
from app.tests.exports.structured_sample import structured_document

GOLDEN = Path(__file__).parents[1] / "golden" / "exports"
# All but those that libraries write, which their own tests read.
TEXTUAL = [name for name in EXPORTS if name not in ("pdf", "docx", "xlsx", "figures")]
SAMPLES = {"sample": text_document, "structured": structured_document}


@pytest.mark.parametrize("name", EXPORTS)
def test_exporters_describe_themselves(name: str) -> None:
    exporter = get_exporter(name)
    assert exporter.name == name
    assert exporter.title
    assert "/" in exporter.media_type
    assert not exporter.extension.startswith(".")


def test_unknown_formats_and_layouts_are_errors() -> None:
    with pytest.raises(OcrError, match="No format “exe”"):
        get_exporter("exe")
    with pytest.raises(OcrError, match="layout must be one of"):
        ExportOptions(layout="columns")
    with pytest.raises(OcrError, match="schema must be one of 2, 1"):
        ExportOptions(schema=3)


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", TEXTUAL)
def test_export_is_what_it_was(name: str, sample: str) -> None:
    compare(f"{sample}.{name}", export(name, SAMPLES[sample]()))


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize(
    ("golden", "name", "options"),
    [
        ("schema-1.json", "json", {"schema": 1}),
        ("lines.csv", "csv", {"content": "lines"}),
        ("layout-table.txt", "txt", {"layout": "table"}),
        ("furniture.md", "md", {"furniture": True, "join_paragraphs": True, "join_hyphens": True}),
    ],
)
def test_options_give_what_they_gave(
    golden: str, name: str, options: dict[str, object], sample: str
) -> None:
    compare(f"{sample}.{golden}", export(name, SAMPLES[sample](), **options))


def compare(golden: str, data: bytes) -> None:
    """Refresh with UPDATE_GOLDEN=1 after an intended change, and check the difference."""
    path, data = GOLDEN / golden, _unzipped(data)
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert data == path.read_bytes()


@pytest.mark.parametrize("name", [name for name in EXPORTS if name != "pdf"])
def test_a_document_without_text_can_be_exported(name: str) -> None:
    empty = Document("Empty", (Part("blank.png", (Page(1, 100, 100),)),), CREATED)
    assert export(name, empty)


@pytest.mark.parametrize("name", EXPORTS)
def test_the_stream_need_not_seek(name: str, tmp_path: Path) -> None:
    stream = OneWay()
    get_exporter(name).write(tiff_document(tmp_path), stream, ExportOptions())
    assert stream.size


def test_merged_documents_count_their_pages_through() -> None:
    parts = (Part("a", sample_pages()), Part("b", sample_pages()))
    assert [page.number for page in Document("Both", parts).pages] == [1, 2, 3, 4, 5, 6]


def test_every_format_is_documented() -> None:
    text = (Path(__file__).parents[3] / "docs" / "exports.md").read_text(encoding="utf-8")
    assert [name for name in EXPORTS if f"| `{name}` |" not in text] == []


def _unzipped(data: bytes) -> bytes:
    """The concatenated files of a ZIP; anything else unchanged."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


class OneWay(io.RawIOBase):
    """Counts writes and refuses everything else, as a response does."""

    size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.size += len(data)
        return len(data)
