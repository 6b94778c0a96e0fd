"""Signed links to searchable PDFs, which open without a key for an hour."""

from __future__ import annotations

from django.core import signing
from django.http import Http404, HttpResponseBase
from rest_framework.request import Request

from app.exports.base import ExportOptions
from app.http.downloads import export_response
from app.models import Job
from app.services.history import exports, lookups

SALT = "app.api.compat.signed_pdf"  # must not change with this module's name: links are in use
SECONDS = 3600


def signed_token(job: Job) -> str:
    return signing.dumps(str(job.pk), salt=SALT)


def pdf_response(request: Request, token: str) -> HttpResponseBase:
    """Raises Http404 for links that are forged, too old, or whose result was deleted."""
    try:
        job_id = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.BadSignature as error:
        raise Http404 from error
    job = lookups.entry(pk=job_id)
    if job is None:
        raise Http404
    return searchable_pdf_response(request, job)


def searchable_pdf_response(request: Request, job: Job) -> HttpResponseBase:
    """Raises OcrError."""
    file = exports.render(job=job, format="pdf", options=ExportOptions())
    return export_response(request, file)
