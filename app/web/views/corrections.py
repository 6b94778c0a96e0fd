"""Corrections of single words by a script, and find and replace in a document."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from app.http.bodies.json import parsed_json
from app.http.bodies.size import read_body
from app.http.caller import caller_of
from app.http.errors import status_of
from app.models import Job, Page
from app.ocr.errors import OcrError
from app.services.history import replacements, word_corrections
from app.web.entry_page import EntryPage
from app.web.forms.corrections import ReplaceForm, WordEditForm
from app.web.visitors import visible_job


@require_http_methods(["GET", "PATCH"])
def words(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """The page's text as HTML, with its version; PATCH makes one edit of that version first."""
    job = visible_job(request, pk)
    try:
        row = _changed(request, job, number) if request.method == "PATCH" else None
    except OcrError as error:
        body = {"detail": error.message, "code": error.code}
        return JsonResponse(body, status=status_of(error.code))
    row = row or get_object_or_404(Page, job=job, number=number)
    return JsonResponse(_answer(request, job, row))


def _changed(request: HttpRequest, job: Job, number: int) -> Page:
    form = WordEditForm(_body(request))
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise OcrError("bad_option", f"{name}: {errors[0]}")
    version, author = form.cleaned_data["version"], caller_of(request).owner
    if form.cleaned_data["action"] == "undo":
        return word_corrections.undo(job=job, number=number, version=version, author=author)
    return word_corrections.correct_words(
        job=job, number=number, version=version, edit=form.edit(), author=author
    )


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        body = parsed_json(read_body(request, None).decode())  # type: ignore[arg-type]
    except ValueError as error:
        raise OcrError("bad_option", f"The request is no JSON: {error}") from error
    if not isinstance(body, dict):
        raise OcrError("bad_option", "The request is no JSON object.")
    return body


def _answer(request: HttpRequest, job: Job, row: Page) -> dict[str, Any]:
    shown = EntryPage(job, {})
    shown.page = row
    context = {"job": job, "entry_page": shown, "page": row}
    return {
        "version": shown.version,
        "html": render_to_string("history/page_text.html", context, request),
        "words": sum(1 for _ in shown.tree.words) if shown.tree else 0,
        "to_check": shown.to_check,
        "to_check_text": to_check_text(shown),
        "doubtful_pages": shown.doubtful_pages,
        "can_undo": shown.can_undo,
        "corrected": shown.is_corrected,
    }


def to_check_text(shown: EntryPage) -> str:
    """The number of words to check in the document, and how many of them are on this page.

    The recognized version of a corrected page is not part of the document's count.
    """
    here = shown.to_check
    count = here if shown.as_recognized else shown.doubts.total
    if not count:
        return _("No words to check")
    text = ngettext("%(n)d word to check", "%(n)d words to check", count) % {"n": count}
    if count == here:
        return text
    return _("%(words)s, %(here)d on this page") % {"words": text, "here": here}


@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, pk: UUID) -> HttpResponse:
    """GET counts the replacements; POST makes them and redirects to the page."""
    job, number = visible_job(request, pk), request.GET.get("page", "")[:9]
    if request.method == "POST":
        return _replaced(request, job, number)
    asked = "by" in request.GET
    form = ReplaceForm(request.GET if asked else None, initial=_initial(request), label_suffix="")
    found = replacements.preview(job=job, search=form.search()) if form.is_valid() else None
    context = {"job": job, "form": form, "found": found, "number": number}
    return render(request, "history/replace.html", context)


def _initial(request: HttpRequest) -> dict[str, str]:
    return {"find": request.GET.get("find", "")[:200]}


def _replaced(request: HttpRequest, job: Job, number: str) -> HttpResponse:
    form = ReplaceForm(request.POST, label_suffix="")
    if not form.is_valid():
        context = {"job": job, "form": form, "number": number}
        return render(request, "history/replace.html", context, status=400)
    done = replacements.replace_all(
        job=job,
        search=form.search(),
        text=form.cleaned_data["by"],
        author=caller_of(request).owner,
    )
    text = ngettext("%(n)d place replaced.", "%(n)d places replaced.", done.count)
    messages.success(request, text % {"n": done.count})
    return redirect(_address(job, number) + (f"&replaced={done.group}" if done.pages else ""))


@require_POST
def undo_replacement(request: HttpRequest, pk: UUID) -> HttpResponse:
    job, group = visible_job(request, pk), request.POST.get("group", "")[:64]
    pages = replacements.undo(job=job, group=group, author=caller_of(request).owner)
    if pages:
        messages.success(request, _("The replacement is undone."))
    else:
        messages.error(request, _("The pages were changed since; nothing was undone."))
    return redirect(_address(job, request.POST.get("page", "")[:9]))


def _address(job: Job, number: str) -> str:
    page = number if number.isascii() and number.isdecimal() else "1"
    return reverse("entry", args=[job.pk]) + f"?page={page}"
