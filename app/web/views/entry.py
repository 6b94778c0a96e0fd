"""One recognition: a page's picture beside its text."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from app.models import Job, Page
from app.web.visitors import visible_jobs


@require_GET
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Shows one page at a time, so a long document opens as fast as a short one."""
    job = get_object_or_404(visible_jobs(request).history(), pk=pk)
    numbers = list(job.pages.values_list("number", flat=True).order_by("number"))
    page = chosen_page(job, request.GET.get("page", ""), numbers)
    return render(request, "history/entry.html", {"job": job, "page": page, "numbers": numbers})


def chosen_page(job: Job, asked: str, numbers: list[int]) -> Page | None:
    """The page asked for, the first one by default; None while there is none."""
    if not numbers:
        return None
    number = int(asked) if asked.isdecimal() else numbers[0]
    if number not in numbers:
        raise Http404
    return job.pages.get(number=number)
