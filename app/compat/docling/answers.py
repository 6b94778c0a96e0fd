"""Results of docling-serve: one document in JSON, or files in a ZIP."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from app.compat.shared.html import document_html
from app.compat.shared.markdown import document_markdown
from app.compat.shared.stems import with_stems
from app.models import Job, Status
from app.ocr.result import Page, document_text
from app.services.history import entries

from .document import DoclingDocument
from .options import EXTENSIONS

Json = dict[str, Any]
STATES = {
    Status.QUEUED: "pending",
    Status.RUNNING: "started",
    Status.DONE: "success",
    Status.FAILED: "failure",
    Status.CANCELLED: "failure",
}


def converted(job: Job, formats: Iterable[str], page_break: str = "") -> Json:
    """ConvertDocumentResponse; contents that were not asked for are null."""
    contents = contents_of(job, formats, page_break)
    names = ("md", "json", "html", "text", "doctags")
    document = {f"{name}_content": contents.get(name) for name in names}
    return {
        "document": {"filename": job.upload.name or str(job.pk), **document},
        "status": "success",
        "errors": [],
        "processing_time": job.seconds or 0.0,
        "timings": {},
    }


def contents_of(job: Job, formats: Iterable[str], page_break: str) -> Json:
    pages = entries.pages(job=job)
    writers: dict[str, Callable[[Sequence[Page]], Any]] = {
        "md": lambda pages: document_markdown(pages, f"\n\n{page_break}\n\n"),
        "json": lambda pages: DoclingDocument(job, pages).render(),
        "html": lambda pages: document_html(job, pages),
        "text": document_text,
    }
    if not page_break:
        writers["md"] = document_markdown
    return {name: writers[name](pages) for name in formats}


def zipped(jobs: Iterable[Job], formats: Sequence[str], page_break: str) -> HttpResponse:
    """Every document in every format, named after its file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for stem, job in with_stems(jobs):
            for name, content in contents_of(job, formats, page_break).items():
                text = content if isinstance(content, str) else json.dumps(content)
                archive.writestr(f"{stem}.{EXTENSIONS[name]}", text)
    return HttpResponse(
        stream.getvalue(),
        content_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="converted_docs.zip"'},
    )


def task_status(job: Job, task: str) -> Json:
    state = STATES[Status(job.status)]
    meta = {
        "num_docs": 1,
        "num_processed": int(job.ended),
        "num_succeeded": int(state == "success"),
        "num_failed": int(state == "failure"),
    }
    return {
        "task_id": task,
        "task_type": "convert",
        "task_status": state,
        "task_position": None,
        "task_meta": meta,
        "error_message": job.error_message or None,
    }
