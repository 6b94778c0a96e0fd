"""`POST /image_label?key=`, as the image-label service answered it. docs/compat/image-label.md"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.recognition import recognize_pages
from app.compat.shared.sources import base64_bytes
from app.compat.shared.view import CompatView, Failure, fields_of
from app.http.authentication import KeyAuthentication
from app.http.bodies.json import JsonParser
from app.ocr.errors import OcrError


class AnyJsonParser(JsonParser):
    """JSON under types such as application/vnd.api+json, as Flask accepts it."""

    media_type = "application/*"


class QueryKeyAuthentication(KeyAuthentication):
    def token(self, request: Request) -> str:
        return request.query_params.get("key", "")


class ImageLabelView(CompatView):
    switch = "COMPAT_IMAGE_LABEL"
    authentication_classes = [QueryKeyAuthentication]
    parser_classes = [JsonParser, AnyJsonParser]
    key_required = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.method != "OPTIONS":  # it reveals nothing
            super().initial(request, *args, **kwargs)

    def post(self, request: Request) -> Response:
        pages = recognize_pages(request, sent_image(fields_of(request).get("base64string")))
        return Response({"Ocr_Output": [line.text for page in pages for line in page.lines]})

    def failure(self, failure: Failure) -> HttpResponse:
        status = 401 if failure.about_key else failure.status
        message = "Authentification error" if failure.about_key else failure.message
        return Response({"response": {"ErrorMessage": message, "ProcessType": "F"}}, status)


def sent_image(text: Any) -> bytes:
    """Decodes base64, also within b'…' as the published client sends it: `str(b64encode(…))`."""
    if not isinstance(text, str) or not text:
        raise OcrError("bad_base64", "The JSON field “base64string” is missing or empty.")
    if text[:2] in ("b'", 'b"') and text[-1] == text[1]:
        text = text[2:-1]
    return base64_bytes(text)
