"""The upload page. Its script posts to the API; without scripts its form posts to this view."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.base import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST

from app.http.caller import caller_of, submitter_of
from app.http.error_messages import error_in_language
from app.http.errors import status_of
from app.http.middleware.outages import RETRY_SECONDS
from app.models import Batch, Job
from app.ocr.errors import OcrError
from app.ocr.images import ACCEPTED
from app.ocr.options import Options
from app.services import batches, mails, submission
from app.services.batches import BatchFile, BatchRequest
from app.services.history import exports, lookups
from app.services.submission import SubmissionRequest, remote_files, uploads
from app.web.blank_forms import format_links, written
from app.web.forms.recognize import RecognizeForm
from app.web.samples import PHOTO, SAMPLES, sample_file
from app.web.throttling import limited

# A form post waits this many seconds; after that the entry page shows the progress.
WAIT_SECONDS = 10
RECENT = 6  # entries in the strip below the form


@method_decorator(limited, name="dispatch")
class UploadView(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return show(request, RecognizeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = RecognizeForm(request.POST, request.FILES)
        if not (settings.ANONYMOUS_OCR or request.user.is_authenticated):
            messages.error(request, _("Sign in to have files read on this site."))
            return redirect("account_login")
        if not form.is_valid():
            return show(request, form, status=400)
        try:
            files, options = wanted_files(request, form), form.options()
            if len(files) == 1 and not batches.is_zip(files[0]):
                return redirect("entry", recognize(request, files[0], options).pk)
            return redirect("batch", recognize_many(request, files, options).pk)
        except OcrError as error:
            form.add_error(None, error_in_language(error))
            return show(request, form, status=status_of(error.code))


def show(request: HttpRequest, form: RecognizeForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "blank_fields": written("upload/option_fields.html", _blank_form),
        "blank_languages": written("upload/option_languages.html", _blank_form),
        "formats": exports.formats(),
        "format_links": format_links(),
        "recent": lookups.newest(caller=caller_of(request), count=RECENT),
        "mail_address": mails.address_of(caller_of(request).owner),
        "samples": SAMPLES.items(),
        "photo": PHOTO,
        "file_types": [media_type.title for media_type in ACCEPTED.values()],
        "max_files": settings.BATCH_MAX_FILES,
        "max_batch_bytes": settings.BATCH_MAX_BYTES,
    }
    response = render(request, "upload/upload.html", context, status=status)
    if status == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _blank_form() -> dict[str, Any]:
    return {"form": RecognizeForm()}


@require_POST
def begin_visit(request: HttpRequest) -> HttpResponse:
    """Called by the upload page before a visitor's first file: the session then owns the result."""
    submitter_of(request)
    return HttpResponse(status=204)


def wanted_files(request: HttpRequest, form: RecognizeForm) -> list[File]:
    """The uploaded files, the sample and the file at the URL. Raises OcrError."""
    files: list[File] = [file for file in form.cleaned_data["image"] if file]
    if form.cleaned_data["sample"]:
        files.append(sample_file(form.cleaned_data["sample"]))
    if form.cleaned_data["url"]:
        max_bytes = uploads.max_bytes(caller_of(request).owner)
        files.append(remote_files.fetch(url=form.cleaned_data["url"], max_bytes=max_bytes))
    return files


def recognize(request: HttpRequest, file: File, options: Options) -> Job:
    """Submits a file. Without its script the page cannot shrink a photo, so pictures may be
    larger."""
    caller = submitter_of(request)
    max_bytes = uploads.form_max_bytes(file, caller.owner)
    wanted = SubmissionRequest(
        file=file, name=file.name or "", options=options, max_bytes=max_bytes
    )
    return submission.recognize(wanted, caller=caller, wait_seconds=WAIT_SECONDS)


def recognize_many(request: HttpRequest, files: list[File], options: Options) -> Batch:
    """Submits a batch; its page shows the state of each file."""
    sent = [BatchFile(file.name or "", file) for file in files]
    wanted = BatchRequest(files=sent, options=options, from_page=True)
    return batches.create(wanted, caller=submitter_of(request))
