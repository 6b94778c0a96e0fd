"""Azure Read 3.0 to 3.2: send, poll, get lines and words. docs/compat/azure.md"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import re_path
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.geometry import Sheet
from app.compat.shared.recognition import find, start
from app.models import Job, Status
from app.ocr.result import Bbox, Line, Page
from app.services.history import entries

from .view import OPERATION, AzureView, content_of, number, options_of, polygon, progress, unit_of

MODEL_VERSION = "2022-04-30"


class AnalyzeView(AzureView):
    def post(self, request: Request, version: str) -> HttpResponse:
        operation = start(request, content_of(request), options_of(request, "language"))
        location = request.build_absolute_uri(f"/vision/v{version}/read/analyzeResults/{operation}")
        return HttpResponse(status=202, headers={"Operation-Location": location})


class ResultView(AzureView):
    def get(self, request: Request, version: str, operation: str) -> Response:
        job = find(request, operation)
        answer = progress(job)
        if job.status == Status.DONE:
            answer["analyzeResult"] = {
                "version": f"{version[:3]}.0",
                "modelVersion": MODEL_VERSION,
                "readResults": [ReadPage(job, page).render() for page in entries.pages(job=job)],
            }
        return Response(answer)


class ReadPage:
    def __init__(self, job: Job, page: Page) -> None:
        self.page = page
        self.unit, scale = unit_of(job, page)
        self.sheet = Sheet(page, scale)

    def render(self) -> dict[str, Any]:
        return {
            "page": self.page.number,
            "angle": round(self.sheet.angle, 4),
            "width": number(self.sheet.width),
            "height": number(self.sheet.height),
            "unit": self.unit,
            "lines": [self.line(line) for line in self.page.lines],
        }

    def line(self, line: Line) -> dict[str, Any]:
        words = [
            {
                "boundingBox": self.box(word.bbox),
                "text": word.text,
                "confidence": round(word.confidence, 3),
            }
            for word in line.words
        ]
        return {
            "boundingBox": self.box(line.bbox),
            "text": line.text,
            "appearance": {"style": {"name": "other", "confidence": round(line.confidence, 3)}},
            "words": words,
        }

    def box(self, box: Bbox) -> list[float]:
        return polygon(self.sheet, box)


ROOT = r"^vision/v(?P<version>3\.[0-2](?:-preview\.\d)?)/read"
urlpatterns = [
    re_path(f"{ROOT}/analyze$", AnalyzeView.as_view()),
    re_path(f"{ROOT}/analyzeResults/{OPERATION}$", ResultView.as_view()),
]
