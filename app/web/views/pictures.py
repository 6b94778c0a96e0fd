"""Pictures of an entry's pages, as workers drew them; the uploaded picture until then."""

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
# Every browser shows these, turned as their EXIF data say.
SHOWN_BY_BROWSERS = {"image/jpeg", "image/png", "image/webp"}
# Bytes of an original in the place of a page, and in that of a thumbnail, of which lists have many.
MOST_FOR_PAGE, MOST_FOR_THUMBNAIL = 20_000_000, 500_000


@require_safe
def page_picture(request: HttpRequest, pk: UUID, number: int, strip: int = 1) -> HttpResponseBase:
    """Also the original file while there is no picture: all who come here may download it."""
    job = visible_job(request, pk)
    return picture_response(job, number, strip, original=strip == 1)


@require_safe
def thumbnail(request: HttpRequest, pk: UUID, number: int | None = None) -> HttpResponseBase:
    """Of a page, or of the document: then of the first page that was read."""
    return picture_response(visible_job(request, pk), number, THUMBNAIL, original=True)


def picture_response(
    job: Job, number: int | None, picture: int | str, *, original: bool = False
) -> HttpResponseBase:
    """A page's picture. It never changes, so browsers may cache it.

    204 where there is none, with Retry-After if one will be drawn: a browser reports no error.
    original: whether the uploaded file may take its place. It has what a picture has not, such as
    the place where a photo was taken, so it is not for share links. Raises Http404.
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
    """An upload with one page, which was read the way up that browsers show it."""
    return job.upload.media_type in SHOWN_BY_BROWSERS and found.is_whole and not found.rotation
