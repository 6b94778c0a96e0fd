"""Pictures of an entry's pages drawn by workers; until then, the uploaded picture."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from app.http import downloads
from app.models import Job
from app.ocr.errors import OcrError
from app.services.history import previews
from app.services.history.previews import THUMBNAIL, Preview
from app.web.visitors import visible_job

A_YEAR = 31_536_000
RETRY_SECONDS = 1
PREVIEW_TYPE = "image/webp"
# Types that every browser shows, turned according to their EXIF data.
SHOWN_BY_BROWSERS = {"image/jpeg", "image/png", "image/webp"}
# Largest original, in bytes, in place of a page, and of a thumbnail, of which lists have many.
MOST_FOR_PAGE, MOST_FOR_THUMBNAIL = 20_000_000, 500_000


@require_safe
def page_picture(request: HttpRequest, pk: UUID, number: int, strip: int = 1) -> HttpResponseBase:
    """The page's picture, or meanwhile the original file, which the caller may download."""
    job = visible_job(request, pk)
    return picture_response(job, number, strip, original=strip == 1)


@require_safe
def thumbnail(request: HttpRequest, pk: UUID, number: int | None = None) -> HttpResponseBase:
    """The thumbnail of a page, or of the first finished page of a document."""
    return picture_response(visible_job(request, pk), number, THUMBNAIL, original=True)


def picture_response(
    job: Job, number: int | None, picture: int | str, *, original: bool = False
) -> HttpResponseBase:
    """A page's picture. It never changes, so browsers may cache it.

    204 if there is none, for which browsers report no error, with Retry-After if one will be drawn.
    original: whether the uploaded file may take its place. Unlike a picture, it may reveal where a
    photo was taken, so it is not for share links. Raises Http404.
    """
    try:
        found = previews.preview(job=job, number=number, picture=picture)
    except OcrError as error:
        raise Http404(error.message) from error
    if found.stored_name:
        return _drawn_response(found, number or 1)
    most = MOST_FOR_THUMBNAIL if picture == THUMBNAIL else MOST_FOR_PAGE
    if original and _looks_like_the_page(job, found) and job.upload.size <= most:
        response = downloads.upload_response(job.upload, inline=True)
    else:
        response = HttpResponse(status=204)
        if found.due:
            response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "private, no-store"
    return response


def _drawn_response(found: Preview, number: int) -> HttpResponseBase:
    response = downloads.stored_file_response(
        found.stored_name,
        download_name=f"page-{number}.webp",
        media_type=PREVIEW_TYPE,
        inline=True,
    )
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return response


def _looks_like_the_page(job: Job, found: Preview) -> bool:
    """Whether the upload has one page, recognized in the rotation in which browsers show it."""
    return job.upload.media_type in SHOWN_BY_BROWSERS and found.is_whole and not found.rotation
