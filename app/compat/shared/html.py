"""A document as one HTML page."""

from __future__ import annotations

import io
from collections.abc import Sequence

from app.exports.base import Document, ExportOptions, Part
from app.exports.html import HtmlExporter
from app.models import Job
from app.ocr.result import Page


def document_html(job: Job, pages: Sequence[Page]) -> str:
    stream = io.BytesIO()
    part = Part(job.upload.name, tuple(pages))
    HtmlExporter().write(Document(job.upload.name, (part,)), stream, ExportOptions())
    return stream.getvalue().decode()
