"""Answers with an export, in the form that the query asks for."""

from __future__ import annotations

from django.http import HttpResponseBase
from rest_framework.request import Request

from app.api.serializers.exports import ExportOptionsSerializer
from app.http import downloads
from app.models import Job
from app.services.history import exports


def export_response(
    request: Request, job: Job, format: str, password: str = ""
) -> HttpResponseBase:
    """Raises OcrError and ValidationError. password: of an encrypted PDF."""
    serializer = ExportOptionsSerializer(data=request.query_params)
    serializer.is_valid(raise_exception=True)
    options = serializer.options()
    file = exports.render(job=job, format=format, options=options, password=password)
    return downloads.export_response(request, file)
