"""Result files that asynchronous requests would write, found by the titles of their jobs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rest_framework.request import Request

from app.models import Job
from app.services.history import entries, lookups

from .annotation import annotate

TITLE = re.compile(
    r"gs://(?P<bucket>[^/ ]+)/?(?P<prefix>[^ ]*) by (?P<size>[1-9]\d*) from (?P<first>\d+)"
)


@dataclass(frozen=True, slots=True)
class Output:
    """A result file: pages `start` to `end` of the job, from 0, end exclusive."""

    job: Job
    start: int
    end: int


def output_title(config: Mapping[str, Any], *, first: int) -> str:
    """Title of the job's entry. first: the number in the name of its first file."""
    return f"{config['gcsDestination']['uri']} by {config['batchSize']} from {first}"


def outputs_of(request: Request, bucket: str) -> dict[str, Output]:
    """Results of the caller's jobs for the bucket by object name; newer jobs take precedence."""
    found: dict[str, Output] = {}
    for job in lookups.titled_from(owner=request.user, start=f"gs://{bucket}/"):
        if match := TITLE.fullmatch(job.title):
            size, first = int(match["size"]), int(match["first"])
            for start in range(0, job.pages_total or 0, size):
                end = min(start + size, job.pages_total or 0)
                name = f"{match['prefix']}output-{first + start}-to-{first + end - 1}.json"
                found.setdefault(name, Output(job, start, end))
    return dict(sorted(found.items()))


def output_body(output: Output) -> dict[str, Any]:
    pages = entries.pages(job=output.job)[output.start : output.end]
    responses = [{**annotate(page), "context": {"pageNumber": page.number}} for page in pages]
    return {"inputConfig": {"mimeType": output.job.upload.media_type}, "responses": responses}
