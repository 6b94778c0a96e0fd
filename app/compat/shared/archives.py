"""Names for the parts of an answer about several files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from app.models import Job


def with_stems(jobs: Iterable[Job]) -> Iterator[tuple[str, Job]]:
    """Each job with its file name without suffix, numbered if the name repeats."""
    seen: set[str] = set()
    for number, job in enumerate(jobs, start=1):
        stem = PurePath(job.upload.name).stem or "document"
        stem = f"{stem}-{number}" if stem in seen else stem
        seen.add(stem)
        yield stem, job
