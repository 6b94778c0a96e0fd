"""Files that were sent together: how far they are, and the results of all of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from app.exports.base import ExportOptions
from app.http.downloads import batch_results_response
from app.models import Batch
from app.ocr.errors import OcrError
from app.services import batches
from app.services.history import exports
from app.web.throttling import limited
from app.web.visitors import visible_batches


@require_GET
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every file with its state; a script shows it anew as long as files are being read."""
    found = batches.detailed(own_batch(request, pk).pk)
    context = {"batch": found, "formats": exports.formats()}
    return render(request, "batches/batch.html", context)


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stops what has not ended; finished files keep their results."""
    batches.cancel(batch=own_batch(request, pk))
    return redirect("batch", pk)


@limited
@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What failed or was cancelled goes on."""
    try:
        batches.retry(batch=own_batch(request, pk))
    except OcrError as error:
        messages.error(request, error.message)
    return redirect("batch", pk)


@require_GET
def export(request: HttpRequest, pk: UUID, name: str) -> HttpResponseBase:
    """A ZIP with a file for each result, or with `?merged=true` one document with all pages."""
    merged = request.GET.get("merged") == "true"
    try:
        return batch_results_response(
            own_batch(request, pk), format=name, merged=merged, options=ExportOptions()
        )
    except OcrError as error:
        raise Http404(error.message) from error


def own_batch(request: HttpRequest, pk: UUID) -> Batch:
    return get_object_or_404(visible_batches(request), pk=pk)
