"""Corrected texts with revisions, stored beside the recognized ones, by page and as a whole."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from app.models import Job, Page, Revision
from app.ocr.edits.correction import corrected_pages
from app.ocr.errors import OcrError

from . import exports, search


@transaction.atomic
def correct_page(*, job: Job, number: int, text: str, author: User | None = None) -> Job:
    """Stores the owner's text of one page; storing the recognized text removes the correction.

    Raises OcrError(not_found).
    """
    lock(job=job)
    page = Page.objects.select_for_update().filter(job=job, number=number).first()
    if page is None:
        raise OcrError("not_found", f"Page {number} was not read.")
    text = "\n".join(text.splitlines()).strip("\n")
    if text == page.final_text:
        return job
    Revision.objects.create(job=job, page_number=number, text=page.final_text, author=author)
    page.corrected_text = None if text == page.text else text
    page.words_to_check = None
    page.save(update_fields=["corrected_text", "words_to_check"])
    return store_text(job=job, text=whole_text(job))


@transaction.atomic
def correct_document(*, job: Job, text: str | None, author: User | None = None) -> Job:
    """Stores the owner's whole text, divided among the pages; None removes the correction."""
    if text == job.corrected_text:
        return job
    lock(job=job)
    Revision.objects.create(job=job, text=job.final_text, author=author)
    rows = list(Page.objects.filter(job=job).order_by("number"))
    pages = [row.result for row in rows]
    for row, page in zip(rows, corrected_pages(pages, text or ""), strict=True):
        changed = text is not None and page.text != row.text
        row.corrected_text = page.text if changed else None
        row.words_to_check = None
    Page.objects.bulk_update(rows, ["corrected_text", "words_to_check"], batch_size=50)
    return store_text(job=job, text=text)


def restore(*, revision: Revision, author: User | None = None) -> Job:
    """Stores the text of the revision as a new correction, so that later revisions are kept."""
    if revision.page_number is None:
        return correct_document(job=revision.job, text=revision.text, author=author)
    return correct_page(
        job=revision.job, number=revision.page_number, text=revision.text, author=author
    )


def lock(*, job: Job) -> None:
    """Locks the job, so that corrections of other pages wait for the end of the transaction.

    Raises OcrError(not_found) for a job that was deleted meanwhile.
    """
    versions = Job.objects.select_for_update().values_list("version", flat=True)
    current = versions.filter(pk=job.pk).first()
    if current is None:
        raise OcrError("not_found", "The entry was deleted.")
    job.version = current


def whole_text(job: Job) -> str | None:
    """The text of all pages with corrections; None if no page is corrected."""
    pages = list(Page.objects.filter(job=job).order_by("number").defer("tree"))
    if all(page.corrected_text is None for page in pages):
        return None
    return "\n\n".join(page.final_text for page in pages if page.final_text)


def store_text(*, job: Job, text: str | None) -> Job:
    """Stores the job's corrected text for the search and exports. Call it after the pages are
    stored."""
    job.corrected_text = text
    job.version += 1
    job.save(update_fields=["corrected_text", "version", "updated_at"])
    search.index(job=job)
    transaction.on_commit(lambda: exports.delete_rendered(folders=[exports.folder(job)]))
    return job
