"""Results of docling-serve: documents and chunks in JSON, or files in a ZIP."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse

from app.compat.shared.archives import with_stems, zip_of
from app.compat.shared.figures import FigurePictures, link_and_caption
from app.compat.shared.html import document_html
from app.compat.shared.markdown import Picture, document_markdown
from app.models import Job
from app.ocr.layout.figures import Figure
from app.ocr.result import Page, document_text
from app.services.history import entries

from .chunks import Chunk, chunks_of
from .doctags import doctags
from .document import DoclingDocument
from .options import EXTENSIONS, AnswerForm

Json = dict[str, Any]
PLACEHOLDER = "<!-- image -->"


def answer(jobs: Sequence[Job], form: AnswerForm) -> HttpResponse:
    if form.chunker:
        return JsonResponse(chunked(jobs, form))
    if form.as_zip or len(jobs) > 1:
        return zipped(jobs, form)
    [job] = jobs
    found = {**result(job, form, entries.pages(job=job)), "processing_time": seconds(jobs)}
    return JsonResponse(found)


def result(job: Job, form: AnswerForm, pages: Sequence[Page]) -> Json:
    """The converted document; contents that were not requested are null."""
    found = contents_of(job, form, pages)
    contents = {f"{name}_content": found.get(name) for name in EXTENSIONS}
    return {
        "document": {"filename": file_name(job), **contents},
        "status": "success",
        "errors": [],
        "timings": {},
    }


def contents_of(job: Job, form: AnswerForm, pages: Sequence[Page]) -> Json:
    separator = f"\n\n{form.page_break}\n\n" if form.page_break else "\n\n"
    pictures = FigurePictures(job) if form.images else None
    writers: dict[str, Callable[[Sequence[Page]], Any]] = {
        "md": lambda pages: document_markdown(pages, separator, figure_markdown(pictures)),
        "json": lambda pages: DoclingDocument(job, pages, pictures).render(),
        "html": lambda pages: document_html(job, pages),
        "text": document_text,
        "doctags": doctags,
    }
    return {name: writers[name](pages) for name in form.formats}


def figure_markdown(pictures: FigurePictures | None) -> Picture:
    """As docling writes it: the caption, then the picture or a comment in its place."""

    def markdown(page: Page, figure: Figure, caption: str) -> str:
        url = pictures.data_url(page, figure) if pictures else None
        return link_and_caption(caption, f"![Image]({url})" if url else PLACEHOLDER)

    return markdown


def chunked(jobs: Sequence[Job], form: AnswerForm) -> Json:
    """A ChunkDocumentResponse, with the documents only if requested."""
    found: list[Json] = []
    documents: list[Json] = []
    for job in jobs:
        pages = entries.pages(job=job)
        chunks = enumerate(chunks_of(pages, form))
        found += [chunk_item(job, number, chunk, form) for number, chunk in chunks]
        if form.with_document:
            whole = result(job, form, pages)
            whole["content"] = whole.pop("document")
            documents.append({"kind": "ExportResult", **whole})
    return {"chunks": found, "documents": documents, "processing_time": seconds(jobs)}


def chunk_item(job: Job, number: int, chunk: Chunk, form: AnswerForm) -> Json:
    """One chunk; num_tokens is null because no tokenizer has counted them."""
    return {
        "filename": file_name(job),
        "chunk_index": number,
        "text": chunk.in_context,
        "raw_text": chunk.text if form.raw_text else None,
        "num_tokens": None,
        "headings": list(chunk.headings) or None,
        "captions": None,
        "doc_items": list(chunk.items),
        "page_numbers": list(chunk.pages),
        "metadata": {"origin": {"mimetype": job.upload.media_type, "filename": file_name(job)}},
    }


def zipped(jobs: Sequence[Job], form: AnswerForm) -> HttpResponse:
    """A ZIP of every document in every requested format, named after its file."""
    parts = (
        (f"{stem}.{EXTENSIONS[name]}", each if isinstance(each, str) else json.dumps(each))
        for stem, job in with_stems(jobs)
        for name, each in contents_of(job, form, entries.pages(job=job)).items()
    )
    headers = {"Content-Disposition": 'attachment; filename="converted_docs.zip"'}
    return HttpResponse(zip_of(parts), "application/zip", headers=headers)


def file_name(job: Job) -> str:
    return job.upload.name or str(job.pk)


def seconds(jobs: Sequence[Job]) -> float:
    return sum((job.seconds or 0.0 for job in jobs), 0.0)
