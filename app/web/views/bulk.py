"""One action for many chosen entries of the history."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from app.http.caller import caller_of
from app.http.error_messages import error_in_language
from app.models import Job, Priority, Status
from app.ocr.errors import OcrError
from app.services import submission
from app.services.history import bundles
from app.services.submission import SubmissionRequest
from app.web.refusals import refused
from app.web.throttling import limited
from app.web.visitors import visible_jobs

from .trash import chosen, discard


@limited
@require_POST
def act_on_many(request: HttpRequest) -> HttpResponseBase:
    """`action`: discard, again, or export with a `format`; `id`: the entries."""
    actions = {"discard": discard_many, "again": recognize_many_again, "export": export_many}
    action = actions.get(request.POST.get("action", ""))
    if action is None:
        raise Http404
    entries = chosen(request, visible_jobs(request).history())
    if not entries:
        messages.error(request, _("Choose entries first."))
        return redirect("history")
    return action(request, entries)


def discard_many(request: HttpRequest, entries: list[Job]) -> HttpResponseBase:
    discard(request, entries)
    return redirect("history")


def recognize_many_again(request: HttpRequest, entries: list[Job]) -> HttpResponseBase:
    """Recognizes each entry again with its options; a refused file does not stop the others."""
    caller = caller_of(request)
    count, errors = 0, []
    for job in entries:
        try:
            submission.submit(_again(job), caller=caller)
            count += 1
        except OcrError as error:
            errors.append(error)
            if not error.permanent:
                break  # the site is the cause, so it would refuse the others too
    for message in dict.fromkeys(error_in_language(error) for error in errors):
        messages.error(request, message)
    if count:
        said = ngettext("%(n)s file is read again.", "%(n)s files are read again.", count)
        messages.success(request, said % {"n": count})
    return redirect("history")


def _again(job: Job) -> SubmissionRequest:
    return SubmissionRequest(
        file=job.upload, options=job.recognition_options, priority=Priority.NORMAL, cache=False
    )


def export_many(request: HttpRequest, entries: list[Job]) -> HttpResponseBase:
    finished = [job for job in entries if job.status == Status.DONE]
    name = request.POST.get("format", "txt")
    try:
        stream = bundles.bundle(jobs=finished, format=name)
    except OcrError as error:
        return refused(request, error)
    return FileResponse(stream, as_attachment=True, filename=f"onlineocr-{name}.zip")
