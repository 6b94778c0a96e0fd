"""Answers about several files: names for their parts, and ZIP archives of these."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from app.models import Job
from app.services.stored_files import free_name


def with_stems(jobs: Iterable[Job]) -> Iterator[tuple[str, Job]]:
    """Each job with its file name without suffix, numbered if the name repeats."""
    taken: set[str] = set()
    for job in jobs:
        yield free_name(PurePath(job.upload.name).stem or "document", "", taken), job


def zip_of(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    """A ZIP archive of these names and contents."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()
