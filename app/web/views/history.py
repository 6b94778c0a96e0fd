"""The history: a page of entries."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from app.models import Job
from app.services.history import exports
from app.web.blank_forms import written
from app.web.filters import HistoryFilter
from app.web.visitors import visible_jobs

from .trash import take_discarded

PAGE_SIZE = 20


@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """One page of entries; the query string holds search, filters, order and page."""
    words = request.GET.get("search", "")
    found = HistoryFilter(request.GET, visible_jobs(request), request=request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "blank_filters": "" if request.GET else written("history/filters.html", _blank_filters),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "words": words,
        "formats": exports.formats(),
        "discarded": take_discarded(request),
        "anonymous_hours": settings.ANONYMOUS_HOURS,
    }
    return render(request, "history/history.html", context)


def _blank_filters() -> dict[str, Any]:
    return {"filter": HistoryFilter({}, Job.objects.none())}
