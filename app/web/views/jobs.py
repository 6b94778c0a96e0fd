"""Stopping a recognition and going on with it; each is a form that leads back to where it stood."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from app.models import Job
from app.ocr.errors import OcrError
from app.services import jobs
from app.web.throttling import limited
from app.web.visitors import visible_jobs


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stops it, waiting or running; what has ended meanwhile stays as it is."""
    jobs.stop(job=own_job(request, pk))
    return redirect_back(request, pk)


@limited
@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Goes on with a failed or cancelled recognition at its first missing page."""
    try:
        jobs.retry(job=own_job(request, pk))
    except OcrError as error:
        messages.error(request, error.message)
    return redirect_back(request, pk)


def own_job(request: HttpRequest, pk: UUID) -> Job:
    return get_object_or_404(visible_jobs(request), pk=pk)


def redirect_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """To the history where the form says `back=history`, else to the entry."""
    return redirect("history") if request.POST.get("back") == "history" else redirect("entry", pk)
