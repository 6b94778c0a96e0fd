"""`POST /<key>` with a form, as the path-key service answered it. docs/compat/path-key.md"""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.recognition import recognize_pages, tesseract_text
from app.compat.shared.sources import base64_bytes
from app.compat.shared.view import CompatView, Failure, fields_of
from app.http.authentication import KeyAuthentication
from app.ocr.errors import OcrError
from app.services.accounts import api_keys

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
NO_IMAGE = OcrError("bad_option", "No image was sent. Send the file as the form field “image”.")


class KeySegment:
    """URL converter for one path segment, except pages without their slash (`/history`)."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        try:
            resolve(f"/{value}/")
        except Resolver404:
            return value
        raise ValueError(value)

    def to_url(self, value: str) -> str:
        return value


class PathKeyAuthentication(KeyAuthentication):
    def token(self, request: Request) -> str:
        """The path's last segment, or the form field of the service's first version."""
        in_path: str = request.parser_context["kwargs"].get("key", "")
        return in_path or str(fields_of(request).get("api_key", ""))


class PathKeyView(CompatView):
    switch = "COMPAT_PATH_KEY"
    authentication_classes = [PathKeyAuthentication]
    key_required = True

    def dispatch(self, request: Any, *args: Any, key: str = "", **kwargs: Any) -> HttpResponseBase:
        # This route matches every unknown path. Unless the segment looks like a key, only a form is
        # a call of this service; anything else is a 404, such as a client with a wrong base URL.
        if key and not api_keys.looks_like_key(key) and not sends_form(request):
            raise Http404
        return super().dispatch(request, *args, key=key, **kwargs)

    def post(self, request: Request, key: str) -> Response:
        fields = fields_of(request)
        pages = recognize_pages(request, sent_image(fields.get("image")))
        sent_id = str(fields.get("id", "null"))
        return Response({"id": sent_id, "text": tesseract_text(pages).split("\n")})

    def failure(self, failure: Failure) -> HttpResponse:
        if failure.about_key:
            return Response({"detail": "INCORRECT API KEY"}, 403)
        return Response({"detail": failure.message}, failure.status)


def sends_form(request: Any) -> bool:
    return request.method == "POST" and request.content_type in FORMS


def sent_image(image: Any) -> File | bytes:
    if not image:
        raise NO_IMAGE
    return image if isinstance(image, File) else base64_bytes(image)
