"""Forms with which the owner changes an entry; each redirects back to it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from app.http.caller import caller_of
from app.http.error_messages import error_in_language
from app.ocr.errors import OcrError
from app.services import submission
from app.services.history import corrections, entries
from app.services.history.cells import correct_cells
from app.services.submission import SubmissionRequest
from app.web.forms.entry import AgainForm, CellsForm, CorrectionForm, DetailsForm
from app.web.throttling import limited
from app.web.visitors import visible_job


@require_POST
def change_details(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Title, tags and notes."""
    job, form = visible_job(request, pk), DetailsForm(request.POST)
    if form.is_valid():
        entries.update(job=job, **form.cleaned_data)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, first_error(form))
    return redirect("entry", pk)


@require_POST
def star(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sets the star with `on=1`, removes it without."""
    entries.update(job=visible_job(request, pk), starred="on" in request.POST)
    return redirect("entry", pk)


@require_POST
def correct(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Stores a corrected text of one page."""
    job, form = visible_job(request, pk), CorrectionForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            corrections.correct_page(
                job=job, number=number, text=text, author=caller_of(request).owner
            )
        except OcrError as error:
            raise Http404(error.message) from error
        messages.success(request, _("Your text is stored beside the recognized one."))
    return redirect_to_page(pk, number)


@require_POST
def correct_table(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Stores corrected texts of a table's cells."""
    job, form = visible_job(request, pk), CellsForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            correct_cells(job=job, page=number, author=caller_of(request).owner, **values)
        except OcrError as error:
            raise Http404(error.message) from error
        messages.success(request, _("Your text is stored beside the recognized one."))
    else:
        messages.error(request, first_error(form))
    return redirect_to_page(pk, number)


@require_POST
def restore_revision(request: HttpRequest, pk: UUID, revision: int) -> HttpResponse:
    """Restores an earlier text."""
    job = visible_job(request, pk)
    earlier = get_object_or_404(job.revisions.select_related("job__upload"), pk=revision)
    corrections.restore(revision=earlier, author=caller_of(request).owner)
    messages.success(request, _("The earlier text is back."))
    return redirect_to_page(pk, earlier.page_number)


@limited
@require_POST
def recognize_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Recognizes the same file with another language, engine or rotation, to compare both."""
    job, form = visible_job(request, pk), AgainForm(request.POST)
    try:
        if not form.is_valid():
            raise OcrError("bad_option", first_error(form))
        wanted = SubmissionRequest(file=job.upload, options=form.options(), cache=False)
        again = submission.submit(wanted, caller=caller_of(request))
    except OcrError as error:
        messages.error(request, error_in_language(error))
        return redirect("entry", pk)
    return redirect("entry", again.pk)


def redirect_to_page(pk: UUID, number: int | None) -> HttpResponse:
    return redirect(reverse("entry", args=[pk]) + (f"?page={number}" if number else ""))


def first_error(form: Form) -> str:
    return str(next(iter(form.errors.values()))[0])
