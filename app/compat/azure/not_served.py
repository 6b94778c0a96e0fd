"""404 in Azure's form for its other models and operations, whose paths must come last."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import re_path
from rest_framework.request import Request

from app.ocr.errors import OcrError

from .view import AzureView

NOT_SERVED = (
    "This model or operation is not served here: prebuilt-read, prebuilt-layout, Read, Image "
    "Analysis with features=read, and ocr are."
)


class NotServedView(AzureView):
    def get(self, request: Request, **names: Any) -> HttpResponse:
        raise OcrError("not_found", NOT_SERVED)

    post = put = patch = delete = get


urlpatterns = [
    re_path(
        "^(?:vision|computervision|documentintelligence|formrecognizer)/.+$",
        NotServedView.as_view(),
    ),
]
