"""Small pictures of pages, upright as they were read, kept beside the uploads they show."""

from __future__ import annotations

from uuid import UUID

from django.core.files.storage import default_storage

from app.models import Job, Page
from app.ocr.errors import OcrError

# Longest side in pixels: what a list shows, and what is read beside the text.
SIDES = {"thumbnail": 320, "page": 1800}


def stored_preview(*, job: Job, number: int, size: str) -> str:
    """The storage name of the picture of a recognized page, a WebP.

    Workers draw it (app.worker.previews): web processes decode no files of strangers. size: a key
    of SIDES. Raises OcrError(not_found) for a page without a result, or not drawn yet.
    """
    name = stored_name(job.upload_id, number, _rotation(job, number), size)
    if not default_storage.exists(name):
        raise OcrError("not_found", f"There is no picture of page {number} yet.")
    return name


def stored_name(upload_id: UUID, number: int, rotation: int, size: str) -> str:
    return f"{folder(upload_id)}/{number}-{rotation}-{size}"


def folder(upload_id: UUID) -> str:
    """Deleted with the upload. Two levels, so that no folder grows to many thousand names."""
    return f"previews/{upload_id.hex[-2:]}/{upload_id}"


def _rotation(job: Job, number: int) -> int:
    try:
        pages = Page.objects.filter(job=job, number=number)
        rotation: int = pages.values_list("tree__rotation", flat=True).get()
    except Page.DoesNotExist:
        raise OcrError("not_found", f"Page {number} was not read.") from None
    return rotation
