"""OpenAI's chat completions with pictures, for text recognition only.

docs/compat/openai-chat.md
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.keys import ClientKeyAuthentication
from app.compat.shared.recognition import recognize_pages
from app.compat.shared.view import CompatView, Failure, fields_of
from app.ocr.errors import OcrError

from .answers import Completion
from .messages import MOST_PICTURES, pictures, user_parts, wants_front_matter

MODEL = "onlineocr"
# Types of OpenAI's errors by status; all others are invalid requests.
ERROR_TYPES = {403: "permission_error", 429: "rate_limit_error"}


class OpenAiView(CompatView):
    switch = "COMPAT_OPENAI_CHAT"
    authentication_classes = [ClientKeyAuthentication]
    max_files = MOST_PICTURES

    def failure(self, failure: Failure) -> HttpResponse:
        status = failure.status
        kind = ERROR_TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
        code = "invalid_api_key" if failure.about_key else failure.code
        error = {"message": failure.message, "type": kind, "param": None, "code": code}
        return Response({"error": error}, status)


class ModelsView(OpenAiView):
    def get(self, request: Request) -> Response:
        return Response({"object": "list", "data": [model_named(MODEL)]})


class ModelView(OpenAiView):
    def get(self, request: Request, name: str) -> Response:
        return Response(model_named(name))


class ChatView(OpenAiView):
    def post(self, request: Request) -> HttpResponseBase:
        body = fields_of(request)
        check_served(body)
        parts = user_parts(body)
        pages = [
            page
            for file in pictures(request, parts)
            for page in recognize_pages(request, file, name=file.name or "")
        ]
        model = str(body.get("model") or MODEL)
        completion = Completion(pages, model, wants_front_matter(parts))
        return streamed(completion, body) if body.get("stream") else Response(completion.render())


def streamed(completion: Completion, body: Mapping[str, Any]) -> StreamingHttpResponse:
    """Streams a finished recognition, so that errors can still have their own HTTP status."""
    options = body.get("stream_options")
    include_usage = isinstance(options, Mapping) and options.get("include_usage") is True
    return StreamingHttpResponse(
        completion.events(include_usage=include_usage),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
    )


def check_served(body: Mapping[str, Any]) -> None:
    """Raises OcrError(bad_option) for requests that only a language model can serve."""
    if body.get("n") not in (None, 1):
        raise OcrError("bad_option", "There is one answer: n must be 1.")
    form = body.get("response_format")
    kind = form.get("type") if isinstance(form, Mapping) else None
    if kind not in (None, "text") or body.get("tools"):
        raise OcrError(
            "bad_option", "This site recognizes text; it writes no JSON and has no tools."
        )


def model_named(name: str) -> dict[str, Any]:
    """A model of any name, as some products fix it. `capabilities` are for Mistral's SDK."""
    capabilities = {"completion_chat": True, "function_calling": False, "vision": True, "ocr": True}
    return {
        "id": name,
        "object": "model",
        "created": 0,
        "owned_by": "onlineocr",
        "type": "base",
        "capabilities": capabilities,
    }


urlpatterns = [
    path("v1/models", ModelsView.as_view()),
    path("v1/models/<path:name>", ModelView.as_view()),
    path("v1/chat/completions", ChatView.as_view()),
]
