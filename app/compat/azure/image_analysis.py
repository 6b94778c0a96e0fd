"""Azure Image Analysis 4.0, the `read` feature: one request, one answer. docs/compat/azure.md"""

from __future__ import annotations

from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.geometry import Sheet
from app.compat.shared.recognition import recognize_pages
from app.ocr.errors import OcrError
from app.ocr.result import Bbox, Page

from .view import AzureView, content_of, options_of

MODEL_VERSION = "2023-10-01"


class AnalyzeImageView(AzureView):
    def post(self, request: Request) -> Response:
        check_features(request.query_params.get("features", ""))
        pages = recognize_pages(request, content_of(request), options_of(request, "language"))
        return Response(AnalyzedImage(pages[0]).render())


def check_features(features: str) -> None:
    """Raises OcrError(bad_option) unless text is requested; other features are ignored."""
    if "read" not in {feature.strip().lower() for feature in features.split(",")}:
        raise OcrError("bad_option", "Only the feature “read” is served here: features=read.")


class AnalyzedImage:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.sheet = Sheet(page)

    def render(self) -> dict[str, Any]:
        """The answer. As in Azure's, all lines are in one block."""
        lines = [
            {
                "text": line.text,
                "boundingPolygon": self.polygon(line.bbox),
                "words": [
                    {
                        "text": word.text,
                        "boundingPolygon": self.polygon(word.bbox),
                        "confidence": round(word.confidence, 3),
                    }
                    for word in line.words
                ],
            }
            for line in self.page.lines
        ]
        return {
            "modelVersion": MODEL_VERSION,
            "metadata": {"width": self.sheet.width, "height": self.sheet.height},
            "readResult": {"blocks": [{"lines": lines}] if lines else []},
        }

    def polygon(self, box: Bbox) -> list[dict[str, int]]:
        return [{"x": int(x), "y": int(y)} for x, y in self.sheet.corners(box)]


urlpatterns = [path("computervision/imageanalysis:analyze", AnalyzeImageView.as_view())]
