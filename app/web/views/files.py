"""Downloads of an entry: the original file, and exports."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from app.exports.base import ExportOptions
from app.http import downloads
from app.models import Job
from app.ocr.errors import OcrError
from app.services.history import exports
from app.web.refusals import refused
from app.web.visitors import visible_job


@require_safe
def original(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The file as it was sent."""
    return downloads.upload_response(visible_job(request, pk).upload)


@require_safe
def export(request: HttpRequest, pk: UUID, name: str) -> HttpResponseBase:
    return render_export_response(request, visible_job(request, pk), name)


def render_export_response(request: HttpRequest, job: Job, name: str) -> HttpResponseBase:
    """The result in a format of app.exports; 409 while there is none.

    `table` and `furniture` of the query are options of the export.
    """
    query = request.GET
    try:
        options = ExportOptions(
            table=query.get("table", ""), furniture=query.get("furniture") == "true"
        )
        rendered = exports.render(job=job, format=name, options=options)
    except OcrError as error:
        return refused(request, error)
    return downloads.export_response(request, rendered)
