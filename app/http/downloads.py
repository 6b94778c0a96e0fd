"""Download responses for stored files, exports and batches."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from app.exports.base import ExportOptions
from app.models import Batch, Upload
from app.services import batches
from app.services.history import bundles
from app.services.history.exports import Rendered
from app.services.stored_files import clean_name

# Types that a browser shows as a picture and never executes.
INLINE = {"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/bmp"}


def stored_file_response(
    stored_name: str, *, download_name: str, media_type: str, inline: bool = False
) -> HttpResponseBase:
    """A download that browsers neither execute nor sniff; its name is encoded according to RFC
    6266."""
    response = _body(stored_name)
    shown = inline and media_type in INLINE
    response["Content-Type"] = media_type
    response["Content-Disposition"] = content_disposition_header(not shown, download_name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def upload_response(upload: Upload, *, inline: bool = False) -> HttpResponseBase:
    """The original file."""
    stored_name = str(upload.file.name)
    return stored_file_response(
        stored_name,
        download_name=upload.name or PurePath(stored_name).name,
        media_type=upload.media_type,
        inline=inline,
    )


def export_response(request: HttpRequest, file: Rendered) -> HttpResponseBase:
    """A rendered export, or 304 if the caller already has this version.

    Browsers must revalidate it: a correction changes the export at the same address.
    """
    response = stored_file_response(
        file.stored_name, download_name=file.download_name, media_type=file.media_type
    )
    response["ETag"] = file.etag
    response["Cache-Control"] = "private, no-cache"
    return get_conditional_response(request, etag=file.etag, response=response) or response


def batch_results_response(
    batch: Batch, *, format: str, merged: bool, options: ExportOptions
) -> FileResponse:
    """A ZIP with one file for each finished job, or one document with all their pages.

    Raises OcrError as bundles.merged().
    """
    title = clean_name(batch.name) or "batch"
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
    """The body, sent by nginx if it is the site's proxy, or else by this process."""
    if settings.X_ACCEL_REDIRECT and isinstance(storages["default"], FileSystemStorage):
        response = HttpResponse()
        response["X-Accel-Redirect"] = settings.MEDIA_URL + quote(stored_name)
        return response
    return FileResponse(default_storage.open(stored_name))
