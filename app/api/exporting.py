"""Answers with an export, or 304 when the caller has this version already."""

from __future__ import annotations

from django.http import HttpResponseBase, HttpResponseNotModified
from rest_framework.request import Request

from app.api.serializers.exports import ExportOptionsSerializer
from app.downloads import stored_file_response
from app.models import Job
from app.services import exports


def export_response(request: Request, job: Job, format: str) -> HttpResponseBase:
    """Raises OcrError and ValidationError."""
    serializer = ExportOptionsSerializer(data=request.query_params)
    serializer.is_valid(raise_exception=True)
    file = exports.render(job=job, format=format, options=serializer.options())
    if file.etag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers={"ETag": file.etag})
    response = stored_file_response(
        file.stored_name, download_name=file.download_name, media_type=file.media_type
    )
    response["ETag"] = file.etag
    response["Cache-Control"] = "private, no-cache"
    return response
