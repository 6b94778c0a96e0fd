"""The list of everything that was read."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from app.services import results
from app.web.filters import HistoryFilter
from app.web.visitors import visible_jobs

PAGE_SIZE = 20


@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """One page of entries; the query string holds search, filters, order and page."""
    jobs = visible_jobs(request).history().for_list()
    found = HistoryFilter(request.GET, jobs)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    pages = page.paginator.get_elided_page_range(page.number)
    return render(request, "history/history.html", {"filter": found, "page": page, "pages": pages})


@require_http_methods(["GET", "POST"])
def delete_entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks first, then deletes; scripts ask in a dialog and post at once."""
    job = get_object_or_404(visible_jobs(request).history(), pk=pk)
    if request.method == "GET":
        return render(request, "history/delete.html", {"job": job})
    results.delete(jobs=[job])
    messages.success(request, _("“%(name)s” was deleted.") % {"name": job.title or job.upload.name})
    return redirect("history")
