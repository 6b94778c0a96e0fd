"""The first page: send files, get text. Its script posts to the API; without one this view does."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.files.base import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST

from app.http.middleware.outages import RETRY_SECONDS
from app.models import Batch, Job
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.services import batches
from app.services.batches import BatchFile
from app.services.history import exports
from app.services.submission import intake, remote_files
from app.web.forms.recognize import RecognizeForm
from app.web.throttling import limited, sender_of
from app.web.visitors import ensure_visitor, owner_of

# A form post waits this long; then the entry page goes on showing how far the work is.
WAIT_SECONDS = 10
STATUS = {"file_too_large": 413, "unavailable": 503}  # other errors are 400


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
            form.add_error(None, error.message)
            return show(request, form, status=STATUS.get(error.code, 400))


def show(request: HttpRequest, form: RecognizeForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "formats": exports.formats(),
        "max_files": settings.BATCH_MAX_FILES,
        "max_batch_bytes": settings.BATCH_MAX_BYTES,
    }
    response = render(request, "upload/upload.html", context, status=status)
    if status == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


@require_POST
def begin_visit(request: HttpRequest) -> HttpResponse:
    """Called by the upload page before a visitor's first file, so that its result is theirs."""
    ensure_visitor(request)
    return HttpResponse(status=204)


def wanted_files(request: HttpRequest, form: RecognizeForm) -> list[File]:
    """The files that were sent, and the one at the address. Raises OcrError."""
    files: list[File] = [file for file in form.cleaned_data["image"] if file]
    if form.cleaned_data["url"]:
        max_bytes = intake.max_bytes(owner_of(request))
        files.append(remote_files.fetch(url=form.cleaned_data["url"], max_bytes=max_bytes))
    return files


def recognize(request: HttpRequest, file: File, options: Options) -> Job:
    return intake.recognize(
        content=file,
        name=file.name or "",
        owner=owner_of(request),
        visitor=ensure_visitor(request),
        options=options,
        charged_to=sender_of(request).subject,
        wait_seconds=WAIT_SECONDS,
    )


def recognize_many(request: HttpRequest, files: list[File], options: Options) -> Batch:
    """One batch; its page shows what becomes of each."""
    return batches.create(
        files=[BatchFile(file.name or "", file) for file in files],
        owner=owner_of(request),
        visitor=ensure_visitor(request),
        options=options,
        charged_to=sender_of(request).subject,
    )
