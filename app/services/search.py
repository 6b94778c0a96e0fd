"""Keeps what the history's search looks in up to date with the entries."""

from __future__ import annotations

from app.models import Job, SearchText


def index(*, job: Job) -> None:
    """Call it in the transaction that changes a job's file name, title, text, tags or notes."""
    tags = " ".join(f"#{tag}" for tag in job.tags)
    text = "\n".join((job.upload.name, job.title, job.final_text, tags, job.notes)).casefold()
    SearchText.objects.bulk_create(
        [SearchText(job=job, text=text)],
        update_conflicts=True,
        unique_fields=["job"],
        update_fields=["text"],
    )
