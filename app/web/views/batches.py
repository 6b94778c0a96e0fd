"""Batches: their page, cancelling, retrying, and the results of all files."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from app.exports.base import ExportOptions
from app.http.caller import caller_of
from app.http.downloads import batch_results_response
from app.ocr.errors import OcrError
from app.services import batches, jobs, mails
from app.services.history import exports
from app.web.refusals import refused
from app.web.throttling import limited
from app.web.visitors import visible_batch

from .notices import errors_as_notices


@require_GET
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All files with their state; a script refreshes it while files are being read."""
    found = batches.detailed(visible_batch(request, pk).pk)
    context = {
        "batch": found,
        "formats": exports.formats(),
        "place": jobs.batch_place(found),
        "mail": None if found.ended else mails.offer(found, user=caller_of(request).owner),
    }
    return render(request, "batches/batch.html", context)


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stops all unfinished jobs; finished files keep their results."""
    batches.cancel(batch=visible_batch(request, pk))
    return redirect("batch", pk)


@limited
@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Continues all failed or cancelled jobs."""
    with errors_as_notices(request):
        batches.retry(batch=visible_batch(request, pk))
    return redirect("batch", pk)


@require_GET
def export(request: HttpRequest, pk: UUID, name: str) -> HttpResponseBase:
    """A ZIP with a file for each result, or with `?merged=true` one document with all pages."""
    merged = request.GET.get("merged") == "true"
    try:
        return batch_results_response(
            visible_batch(request, pk), format=name, merged=merged, options=ExportOptions()
        )
    except OcrError as error:
        return refused(request, error)
