"""The trash: discarding entries, restoring them, erasing them."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from app.models import Job
from app.models.ids import parsed_ids
from app.models.job import JobQuerySet
from app.services.history import entries, trash
from app.web.visitors import trashed_jobs, visible_job

PAGE_SIZE = 50
SESSION_KEY = "discarded"


@require_GET
def show_trash(request: HttpRequest) -> HttpResponse:
    jobs = trashed_jobs(request).history().for_list().order_by("-deleted_at")
    page = Paginator(jobs, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "history/trash.html", {"page": page, "days": settings.TRASH_DAYS})


@require_POST
def discard_entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Moves an entry to the trash; the history then offers to undo it."""
    job = visible_job(request, pk)
    discard(request, [job])
    return redirect("history")


@require_POST
def restore_entries(request: HttpRequest) -> HttpResponse:
    """Restores the entries of the `id` fields."""
    restored = trash.restore(jobs=chosen(request, trashed_jobs(request)))
    if restored:
        messages.success(request, _("Brought back."))
    return redirect("history")


@require_POST
def delete_for_good(request: HttpRequest) -> HttpResponse:
    """The entries of the `id` fields, or everything in the trash with `all=1`."""
    found = trashed_jobs(request)
    jobs = list(found) if "all" in request.POST else chosen(request, found)
    if entries.delete(jobs=jobs):
        messages.success(request, _("Deleted for good."))
    return redirect("trash")


def discard(request: HttpRequest, jobs: list[Job]) -> None:
    trash.discard(jobs=jobs)
    request.session[SESSION_KEY] = [str(job.pk) for job in jobs]


def take_discarded(request: HttpRequest) -> list[str]:
    """Ids of the entries discarded just before; the next history page offers once to undo it."""
    ids: list[str] = request.session.pop(SESSION_KEY, [])
    return ids


def chosen(request: HttpRequest, jobs: JobQuerySet) -> list[Job]:
    """The jobs whose ids were sent; other texts are ignored."""
    ids = parsed_ids(request.POST.getlist("id")[:1000])
    return list(jobs.filter(pk__in=ids))
