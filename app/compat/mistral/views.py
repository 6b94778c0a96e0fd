"""Mistral OCR: `/v1/ocr` and the files it reads. docs/compat/mistral.md"""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.http import HttpResponse, HttpResponseBase
from django.urls import path, re_path
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.keys import ClientKeyAuthentication
from app.compat.shared.recognition import recognize
from app.compat.shared.view import NUMBER, CompatView, Failure, fields_of
from app.http.caller import caller_of
from app.http.downloads import upload_response
from app.models import Upload
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.services.history import entries
from app.services.submission import stored

from .answers import page_answers
from .requests import answer_options, document_of, pages_of

MODEL = "mistral-ocr-latest"
MOST_HOURS = 168
MOST_FILES = 1000


class MistralView(CompatView):
    switch = "COMPAT_MISTRAL"
    authentication_classes = [ClientKeyAuthentication]

    def failure(self, failure: Failure) -> HttpResponse:
        """Avoids status 422, for which the SDK expects a list of fields."""
        if failure.about_key:
            return Response({"detail": failure.message}, failure.status)
        error = {
            "object": "error",
            "message": failure.message,
            "type": "invalid_request_error" if failure.status < 500 else "api_error",
            "param": None,
            "code": failure.code,
        }
        return Response(error, 400 if failure.status == 422 else failure.status)


class OcrView(MistralView):
    def post(self, request: Request) -> Response:
        body = fields_of(request)
        asked = answer_options(body)
        options = Options(pages=pages_of(body))
        file = document_of(request, body)
        job = recognize(request, file, options, name=file.name or "")
        pages = entries.pages(job=job)
        return Response(
            {
                "pages": page_answers(job, pages, asked),
                "model": str(body.get("model") or MODEL),
                "usage_info": {"pages_processed": len(pages), "doc_size_bytes": job.upload.size},
                "document_annotation": None,
            }
        )


class FilesView(MistralView):
    def post(self, request: Request) -> Response:
        file = fields_of(request).get("file")
        if not isinstance(file, File):
            raise OcrError("bad_option", "file is required.")
        caller = caller_of(request)
        file_id, upload = stored.store(file=file, name=file.name or "", caller=caller)
        return Response(described(file_id, upload))

    def get(self, request: Request) -> Response:
        """Lists files, newest first; `page` counts from 0."""
        page, size = (self._number(request, *asked) for asked in (("page", 0), ("page_size", 100)))
        found = stored.owned_by(caller=caller_of(request))
        files = found[page * size : (page + 1) * size]
        data = [described(str(upload.pk), upload) for upload in files]
        return Response({"data": data, "object": "list", "total": found.count()})

    @staticmethod
    def _number(request: Request, name: str, default: int) -> int:
        asked = request.query_params.get(name, str(default))
        if not NUMBER.fullmatch(asked) or int(asked) > MOST_FILES:
            raise OcrError("bad_option", f"{name} must be a number, at most {MOST_FILES}.")
        return int(asked)


class FileView(MistralView):
    def get(self, request: Request, file_id: str) -> Response:
        upload = stored.find(file_id=file_id, caller=caller_of(request))
        return Response({**described(file_id, upload), "deleted": False})

    def delete(self, request: Request, file_id: str) -> Response:
        stored.delete(upload=stored.find(file_id=file_id, caller=caller_of(request)))
        return Response({"id": file_id, "object": "file", "deleted": True})


class FileUrlView(MistralView):
    def get(self, request: Request, file_id: str) -> Response:
        upload = stored.find(file_id=file_id, caller=caller_of(request))
        asked = request.query_params.get("expiry", "24")
        if not NUMBER.fullmatch(asked):
            raise OcrError("bad_option", "expiry must be a number of hours.")
        token = stored.signed(upload=upload, hours=min(int(asked), MOST_HOURS))
        return Response({"url": request.build_absolute_uri(f"/v1/files/content/{token}")})


class FileContentView(MistralView):
    """The link itself is the key."""

    authentication_classes: list[Any] = []

    def anonymous_allowed(self) -> bool:
        return True

    def get(self, request: Request, token: str) -> HttpResponseBase:
        return upload_response(stored.by_token(token=token))


def described(file_id: str, upload: Upload) -> dict[str, Any]:
    """The file as JSON; `bytes` is called size_bytes in the SDK."""
    return {
        "id": file_id,
        "object": "file",
        "bytes": upload.size,
        "created_at": int(upload.created_at.timestamp()),
        "filename": upload.name,
        "purpose": "ocr",
        "sample_type": "ocr_input",
        "source": "upload",
        "mimetype": upload.media_type,
        "num_lines": None,
        "signature": None,
    }


urlpatterns = [
    path("v1/ocr", OcrView.as_view()),
    path("v1/files", FilesView.as_view()),
    re_path(r"^v1/files/content/(?P<token>[\w:-]+)$", FileContentView.as_view()),
    path("v1/files/<str:file_id>", FileView.as_view()),
    path("v1/files/<str:file_id>/url", FileUrlView.as_view()),
]
