"""Sending files to somebody who may see them. Used by the API and the pages."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from app.exports.base import ExportOptions
from app.models import Batch
from app.services import batches, bundles

# Types that a browser shows as a picture and never runs.
INLINE = {"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/bmp"}


def stored_file_response(
    stored_name: str, *, download_name: str, media_type: str, inline: bool = False
) -> HttpResponseBase:
    """A response that neither runs scripts nor is guessed to be another type (RFC 6266 name)."""
    response = _body(stored_name)
    shown = inline and media_type in INLINE
    response["Content-Type"] = media_type
    response["Content-Disposition"] = content_disposition_header(not shown, download_name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def batch_results_response(
    batch: Batch, *, format: str, merged: bool, options: ExportOptions
) -> FileResponse:
    """A ZIP with one file for each that is done so far, or one document with all their pages.

    Raises OcrError as bundles.merged().
    """
    title = batch.name or "batch"
    jobs = batches.finished_jobs(batch=batch)
    if not merged:
        stream = bundles.bundle(jobs=jobs, format=format)
        return FileResponse(stream, as_attachment=True, filename=f"{title}-{format}.zip")
    stream, file_type = bundles.merged(jobs=jobs, title=title, format=format, options=options)
    return FileResponse(
        stream,
        as_attachment=True,
        filename=f"{title}.{file_type.extension}",
        content_type=file_type.media_type,
    )


def _body(stored_name: str) -> HttpResponseBase:
    """nginx sends local files where it stands in front of us; else this process does."""
    if settings.X_ACCEL_REDIRECT and isinstance(default_storage._wrapped, FileSystemStorage):
        response = HttpResponse()
        response["X-Accel-Redirect"] = settings.MEDIA_URL + quote(stored_name)
        return response
    return FileResponse(default_storage.open(stored_name))
