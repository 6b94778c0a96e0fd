"""One recognition: a page's picture beside its text, and another reading of the same file."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from app.models import BatchItem, Job
from app.services.history import exports
from app.web.entry_page import Reading
from app.web.forms.entry import AgainForm, CorrectionForm, DetailsForm, ShareForm
from app.web.visitors import visible_jobs

MOST_OTHERS = 10
# Comparing takes quadratic time and more. Of many words the frequent ones are no guide; beyond the
# second number, which no printed page has, the texts stand side by side as they are.
WORDS_WITH_CARE, MOST_WORDS = 1_000, 5_000


@require_GET
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Shows one page at a time, so a long document opens as fast as a short one."""
    job = get_object_or_404(visible_jobs(request).history(), pk=pk)
    reading = Reading(job, request.GET)
    page = reading.page
    context = {
        "job": job,
        "reading": reading,
        "page": page,
        "formats": exports.formats(),
        "others": other_readings(job),
        "batch_id": BatchItem.objects.filter(job=job).values_list("batch", flat=True).first(),
        "details": DetailsForm(initial=details_of(job), label_suffix=""),
        "correction": page and CorrectionForm(initial={"text": page.final_text}, label_suffix=""),
        "again": AgainForm(initial={"rotate": ""}),
        "share_form": ShareForm(label_suffix=""),
        "revisions": job.revisions.select_related("author")[:20],
    }
    return render(request, "history/entry.html", context)


@require_GET
def compare(request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
    """Two readings of one file, page by page, with what differs marked."""
    jobs = visible_jobs(request).history()
    left, right = (get_object_or_404(jobs, pk=key) for key in (pk, other))
    readings = [Reading(job, request.GET) for job in (left, right)]
    texts = [reading.page.final_text if reading.page else "" for reading in readings]
    context = {"left": left, "right": right, "reading": readings[0], "runs": list(changes(*texts))}
    return render(request, "history/compare.html", context)


def changes(left: str, right: str) -> Iterator[tuple[str, str, str]]:
    """Runs of words: ("equal" | "replace" | "delete" | "insert", left text, right text)."""
    old, new = left.split(), right.split()
    most = max(len(old), len(new))
    if most > MOST_WORDS:
        yield "equal" if old == new else "replace", left, right
        return
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=most > WORDS_WITH_CARE)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        yield tag, " ".join(old[start:end]), " ".join(new[new_start:new_end])


def other_readings(job: Job) -> list[Job]:
    """Further recognitions of the same file, newest first: all belong to whoever sent the file.

    Sorted here, or SQLite would walk through the owner's whole history to find them in order.
    """
    same_file = Job.objects.filter(upload=job.upload_id, deleted_at=None).exclude(pk=job.pk)
    found = same_file.defer("text", "corrected_text").order_by()
    return sorted(found, key=lambda other: other.pk, reverse=True)[:MOST_OTHERS]


def details_of(job: Job) -> dict[str, str]:
    return {"title": job.title, "tags": ", ".join(job.tags), "notes": job.notes}
