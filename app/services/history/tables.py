"""The tables of a job's finished pages, with a person's corrections in their cells."""

from __future__ import annotations

from collections.abc import Iterator

from app.exports.base import ExportOptions
from app.exports.content.document_tables import DocumentTable, page_tables
from app.models import Job, Status
from app.ocr.errors import OcrError


def tables(*, job: Job, page: int | None = None) -> Iterator[DocumentTable]:
    """The tables in document order, or those of one page.

    Raises OcrError: conflict for a job without a finished page, not_found for a page that was not
    read.
    """
    if job.status != Status.DONE and not job.pages.exists():
        raise OcrError("conflict", f"There is no result yet: the job is {job.status}.")
    rows = job.pages.order_by("number")
    if page is not None:
        rows = rows.filter(number=page)
        if not rows.exists():
            raise OcrError("not_found", f"Page {page} was not read.")
    options = ExportOptions()
    return (
        table
        for row in rows.iterator(chunk_size=20)
        for table in page_tables(row.final_result, options)
    )
