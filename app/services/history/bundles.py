"""Exports of many entries: a zip of files, or one document with all pages."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import PurePath
from typing import IO

from django.core.files.storage import default_storage

from app.exports.base import Document, ExportOptions, FileType
from app.exports.registry import get_exporter
from app.models import Job
from app.services.stored_files import free_name, local_path

from . import exports


def bundle(*, jobs: Iterable[Job], format: str) -> IO[bytes]:
    """An open ZIP file with one export of each finished job. Raises OcrError(unknown_format)."""
    stream = tempfile.SpooledTemporaryFile(max_size=exports.IN_MEMORY)  # noqa: SIM115  the caller closes it
    taken: set[str] = set()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for job in jobs:
            rendered = exports.render(job=job, format=format, options=ExportOptions())
            path = PurePath(rendered.download_name)
            name = free_name(path.stem, path.suffix, taken)
            with (
                default_storage.open(rendered.stored_name) as source,
                archive.open(name, "w") as to,
            ):
                shutil.copyfileobj(source, to)
    stream.seek(0)
    return stream


def merged(
    *, jobs: Iterable[Job], title: str, format: str, options: ExportOptions
) -> tuple[IO[bytes], FileType]:
    """One document with the pages of all finished jobs, in that order.

    Raises OcrError(unknown_format, bad_option) and the errors of app.exports.isolation.
    """
    exporter = get_exporter(format)
    stream = tempfile.SpooledTemporaryFile(max_size=exports.IN_MEMORY)  # noqa: SIM115  the caller closes it
    with ExitStack() as files:
        parts = tuple(
            exports.part(job, files.enter_context(local_path(job.upload.file))) for job in jobs
        )
        document = Document(title=title, parts=parts)
        exports.write(exporter, document, stream, options)
        file_type = exporter.file_type(document, options)
    stream.seek(0)
    return stream, file_type
