"""Pages of one entry: its picture beside its text, and its comparison with another entry."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from app.http.caller import caller_of
from app.models import Job
from app.services import jobs, mails
from app.services.history import lookups
from app.web.blank_forms import format_links, written
from app.web.entry_page import EntryPage
from app.web.forms.entry import AgainForm, DetailsForm, ShareForm
from app.web.visitors import visible_job

from .corrections import to_check_text

# Comparing takes at least quadratic time: longer texts are compared without their frequent words,
# and beyond the second number, which no printed page has, they are shown as they are.
WORDS_WITH_CARE, MOST_WORDS = 1_000, 5_000
FIELDS = "partials/fields.html"


@require_GET
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Shows one page at a time, so a long document opens as fast as a short one."""
    job = visible_job(request, pk)
    shown = EntryPage(job, request.GET)
    page = shown.page
    context = {
        "job": job,
        "entry_page": shown,
        "page": page,
        "format_links": format_links(),
        "to_check_text": to_check_text(shown),
        "replaced": request.GET.get("replaced", "")[:64],
        "place": jobs.place(job),
        "mail": None if job.ended else mails.offer(job, user=caller_of(request).owner),
        "others": lookups.same_file(job=job),
        "batch_id": lookups.batch_id(job=job),
        "details_fields": _details_fields(job),
        "again_fields": written(FIELDS, _blank_again),
        "share_fields": written(FIELDS, _blank_share),
        "revisions": job.revisions.select_related("author")[:20],
    }
    return render(request, "history/entry.html", context)


def _details_fields(job: Job) -> SafeString:
    filled = details_of(job)
    if not any(filled.values()):
        return written(FIELDS, _blank_details)
    return render_to_string(FIELDS, {"form": DetailsForm(initial=filled, label_suffix="")})


def _blank_details() -> dict[str, Any]:
    return {"form": DetailsForm(label_suffix="")}


def _blank_again() -> dict[str, Any]:
    return {"form": AgainForm(initial={"rotate": ""})}


def _blank_share() -> dict[str, Any]:
    return {"form": ShareForm(label_suffix="")}


@require_GET
def compare(request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
    """Two recognitions of one file, page by page, with the differences marked."""
    left, right = (visible_job(request, key) for key in (pk, other))
    sides = [EntryPage(job, request.GET) for job in (left, right)]
    texts = [side.page.final_text if side.page else "" for side in sides]
    context = {
        "left": left,
        "right": right,
        "entry_page": sides[0],
        "runs": list(changes(*texts)),
    }
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


def details_of(job: Job) -> dict[str, str]:
    return {"title": job.title, "tags": ", ".join(job.tags), "notes": job.notes}
