"""Forms that cancel and retry a recognition and redirect back to their page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from app.services import jobs
from app.web.throttling import limited
from app.web.visitors import visible_job

from .notices import errors_as_notices


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stops a waiting or running recognition; an ended one stays as it is."""
    jobs.stop(job=visible_job(request, pk))
    return redirect_back(request, pk)


@limited
@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Continues a failed or cancelled recognition at its first missing page."""
    with errors_as_notices(request):
        jobs.retry(job=visible_job(request, pk))
    return redirect_back(request, pk)


def redirect_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Redirects to the history if the form has `back=history`, otherwise to the entry."""
    return redirect("history") if request.POST.get("back") == "history" else redirect("entry", pk)
