"""Exports of results: rendered from the stored trees once per result version, then stored."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from pathlib import Path, PurePath
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage

from app.exports.base import Document, Exporter, ExportOptions, Part
from app.exports.figures import figure_place
from app.exports.isolation import Limits, write_isolated
from app.exports.registry import EXPORTS, get_exporter
from app.models import Job, Status
from app.ocr import result
from app.ocr.errors import OcrError
from app.services.stored_files import clean_name, local_path, names_in

FOLDER = "exports"
MAX_SECONDS = 120  # time limit of an export that opens the uploaded file
IN_MEMORY = 4_000_000  # bytes of a rendered file kept in memory before it is stored


@dataclass(frozen=True, slots=True)
class Rendered:
    """A stored export. etag: changes with the result version, the format and its options."""

    stored_name: str
    download_name: str
    media_type: str
    etag: str


class StoredPages:
    """A job's result trees with corrected words, loaded a few at a time to save memory.

    An unfinished job has the pages finished at this moment. Pages are finished in order, so pages
    that are added while an export is written are left out.
    """

    def __init__(self, job: Job) -> None:
        self.rows = job.pages.order_by("number")
        self.finished = None if job.status == Status.DONE else self.rows.count()
        if self.finished is not None:
            self.rows = self.rows[: self.finished]

    def __iter__(self) -> Iterator[result.Page]:
        return (row.final_result for row in self.rows.iterator(chunk_size=20))

    def __len__(self) -> int:
        return self.rows.count()


def formats() -> list[dict[str, str]]:
    """Name, title, media type and extension of every format."""
    exporters = [get_exporter(name) for name in EXPORTS]
    return [
        {
            "name": exporter.name,
            "title": exporter.title,
            "media_type": exporter.media_type,
            "extension": exporter.extension,
        }
        for exporter in exporters
    ]


def render(*, job: Job, format: str, options: ExportOptions, password: str = "") -> Rendered:
    """The export of a job's finished pages, rendered now or earlier.

    password: of an encrypted PDF; it is not stored beyond the end of the job. Raises OcrError:
    unknown_format, bad_option, conflict for a job without a finished page, not_found for one that
    was deleted meanwhile; for formats that open the uploaded file also the errors of
    app.exports.isolation.
    """
    exporter = get_exporter(format)
    pages = StoredPages(job)
    if pages.finished == 0:
        raise OcrError("conflict", f"There is no result to export: the job is {job.status}.")
    with _document(job, pages, password) as document:
        file_type = exporter.file_type(document, options)
        key = _key(format, options, pages.finished)
        stored_name = f"{folder(job)}/{job.version}-{key}.{file_type.extension}"
        if not default_storage.exists(stored_name):
            shown = figure_pictures(job=job, password=password) if exporter.shows_figures else {}
            _store(stored_name, exporter, replace(document, figures=shown), options)
            _check_not_deleted(job)
    stem = PurePath(clean_name(job.title or job.upload.name) or str(job.pk)).stem
    if pages.finished:
        stem += f"-{pages.finished}-pages"
    if options.table:
        stem += f"-table-{options.table}"
    return Rendered(
        stored_name=stored_name,
        download_name=f"{stem}.{file_type.extension}",
        media_type=file_type.media_type,
        etag=f'"{job.pk.hex[-12:]}-{job.version}-{key}"',
    )


def content(*, job: Job, format: str) -> bytes:
    """The bytes of an export with the default options. Raises OcrError as render() does."""
    rendered = render(job=job, format=format, options=ExportOptions())
    with default_storage.open(rendered.stored_name) as file:
        data: bytes = file.read()
    return data


def figure_pictures(
    *, job: Job, lossless: bool = False, password: str = ""
) -> dict[tuple[int, int], bytes]:
    """JPEG, or PNG, of the figures of a job's finished pages, by the numbers of page and figure.

    Leaves out figures that cannot be cut out of the uploaded file, which may be gone.
    """
    if not any(page.figures for page in StoredPages(job)):
        return {}
    options = ExportOptions(lossless=lossless)
    try:
        found = render(job=job, format="figures", options=options, password=password)
    except OcrError:
        return {}
    with default_storage.open(found.stored_name) as file, zipfile.ZipFile(file) as archive:
        return {figure_place(name): archive.read(name) for name in archive.namelist()}


def write(
    exporter: Exporter, document: Document, stream: IO[bytes], options: ExportOptions
) -> None:
    """Writes the document. Formats that open the uploaded file run in a process that can be
    killed."""
    if exporter.opens_source:
        write_isolated(exporter.name, document, stream, options, _limits())
    else:
        exporter.write(document, stream, options)


def part(job: Job, path: Path, pages: StoredPages | None = None, password: str = "") -> Part:
    """The job's result as a part of a document. path: its uploaded file on this machine."""
    return Part(
        file_name=job.upload.name,
        pages=pages or StoredPages(job),
        source=path,
        media_type=job.upload.media_type,
        password=password,
        corrected_text=job.corrected_text,
    )


def folder(job: Job) -> str:
    return f"{FOLDER}/{job.pk}"


def delete_rendered(*, folders: list[str]) -> None:
    """Deletes all files in these folders, whose result has changed or was deleted."""
    for name in folders:
        for file_name in names_in(name):
            default_storage.delete(f"{name}/{file_name}")
        default_storage.delete(name)


def _key(format: str, options: ExportOptions, finished: int | None) -> str:
    """Distinguishes the renderings of one result version."""
    facts: list[object] = [format, astuple(options)]
    if finished is not None:
        facts.append(finished)
    return hashlib.sha256(repr(tuple(facts)).encode()).hexdigest()[:12]


@contextmanager
def _document(job: Job, pages: StoredPages, password: str) -> Iterator[Document]:
    with local_path(job.upload.file) as path:
        title = job.title or job.upload.name
        created = job.finished_at or job.created_at
        yield Document(title=title, parts=(part(job, path, pages, password),), created=created)


def _store(name: str, exporter: Exporter, document: Document, options: ExportOptions) -> None:
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        write(exporter, document, spool, options)
        spool.seek(0)
        default_storage.save(name, File(spool))


def _check_not_deleted(job: Job) -> None:
    """Deletes the export if its job was deleted while it was written. Raises
    OcrError(not_found)."""
    if not Job.objects.filter(pk=job.pk).exists():
        delete_rendered(folders=[folder(job)])
        raise OcrError("not_found", "The job was deleted.")


def _limits() -> Limits:
    return Limits(seconds=MAX_SECONDS, memory_mb=settings.OCR_MEMORY_MB)
