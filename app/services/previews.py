"""Small pictures of pages, upright as they were read, kept beside the uploads they show."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from app.models import Job, Page
from app.ocr.errors import OcrError
from app.ocr.source import Limits, open_source
from app.ocr.source.preview import encode_preview

from .jobs.files import local_path

# Longest side in pixels: what a list shows, and what is read beside the text.
SIDES = {"thumbnail": 320, "page": 1800}


def stored_preview(*, job: Job, number: int, size: str) -> str:
    """The storage name of the picture of a recognized page, as JPEG or PNG.

    size: a key of SIDES. Raises OcrError(not_found) for a page without a result, and what
    open_source() raises for a file that can no longer be read, such as one with a password.
    """
    rotation = _rotation(job, number)
    name = stored_name(job.upload_id, number, rotation, size)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(_render(job, number, rotation, SIDES[size])))
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


def _render(job: Job, number: int, rotation: int, max_side: int) -> bytes:
    limits = Limits(settings.OCR_MAX_PIXELS, settings.OCR_MAX_PAGES)
    with (
        local_path(job.upload.file) as path,
        open_source(path, job.upload.media_type, limits) as source,
    ):
        return encode_preview(source.page_image(number), rotation=rotation, max_side=max_side)
