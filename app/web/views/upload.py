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

from app.models import Job
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.services import fetching, intake
from app.web.forms.recognize import RecognizeForm
from app.web.limits import limited, sender_of
from app.web.visitors import ensure_visitor, owner_of

# A form post waits this long; then the entry page goes on showing how far the work is.
WAIT_SECONDS = 10


@method_decorator(limited, name="dispatch")
class UploadView(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "upload/upload.html", {"form": RecognizeForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = RecognizeForm(request.POST, request.FILES)
        if not (settings.ANONYMOUS_OCR or request.user.is_authenticated):
            messages.error(request, _("Sign in to have files read on this site."))
            return redirect("account_login")
        if not form.is_valid():
            return self.refused(request, form, status=400)
        try:
            options = form.options()
            jobs = [recognize(request, file, options) for file in wanted_files(request, form)]
        except OcrError as error:
            form.add_error(None, error.message)
            status = 413 if error.code == "file_too_large" else 400
            return self.refused(request, form, status=status)
        return redirect("entry", jobs[0].pk) if len(jobs) == 1 else redirect("history")

    def refused(self, request: HttpRequest, form: RecognizeForm, *, status: int) -> HttpResponse:
        return render(request, "upload/upload.html", {"form": form}, status=status)


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
        files.append(fetching.fetch(url=form.cleaned_data["url"], max_bytes=max_bytes))
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
