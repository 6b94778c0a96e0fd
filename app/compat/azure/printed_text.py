"""Azure Computer Vision's `ocr`, versions 1.0 to 3.2: one picture, one answer."""

from __future__ import annotations

from typing import Any

from django.urls import re_path
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.geometry import Sheet
from app.compat.shared.recognition import recognize_pages
from app.ocr.languages import first_tag, from_tag
from app.ocr.options import Options
from app.ocr.result import Bbox, Block, Line, Page

from .view import AzureView, content_of

MODEL_VERSION = "2021-04-01"
UNKNOWN = "unk"
# Quarter turn that makes a page upright -> direction in which the top of its text points.
ORIENTATIONS = {0: "Up", 90: "Left", 180: "Down", 270: "Right"}


class PrintedTextView(AzureView):
    parser_classes = [*AzureView.parser_classes, MultiPartParser]

    def post(self, request: Request, version: str) -> Response:
        tag = request.query_params.get("language", UNKNOWN)
        codes = () if tag in ("", UNKNOWN) else (from_tag(tag),)
        pages = recognize_pages(request, picture(request), Options(languages=codes))
        return Response(PrintedText(pages[0]).render())


def picture(request: Request) -> Any:
    """The body, the first file of a form, or the file at a URL. Raises OcrError."""
    files = list(request.FILES.values())
    return files[0] if files else content_of(request)


class PrintedText:
    """The answer for one page. Boxes refer to the picture as sent, so textAngle is 0."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sheet = Sheet(page)

    def render(self) -> dict[str, Any]:
        return {
            "language": first_tag(self.page.languages) or UNKNOWN,
            "textAngle": 0.0,
            "orientation": ORIENTATIONS[self.page.rotation],
            "regions": [self.region(block) for block in self.page.blocks if block.lines],
            "modelVersion": MODEL_VERSION,
        }

    def region(self, block: Block) -> dict[str, Any]:
        lines = [self.line(line) for line in block.lines]
        return {"boundingBox": self.box(block.bbox), "lines": lines}

    def line(self, line: Line) -> dict[str, Any]:
        words = [{"boundingBox": self.box(word.bbox), "text": word.text} for word in line.words]
        return {"boundingBox": self.box(line.bbox), "words": words}

    def box(self, box: Bbox) -> str:
        """`left,top,width,height`"""
        columns, rows = zip(*self.sheet.corners(box), strict=True)
        left, top = int(min(columns)), int(min(rows))
        return f"{left},{top},{int(max(columns)) - left},{int(max(rows)) - top}"


VERSIONS = r"(?P<version>1\.0|2\.[01]|3\.[0-2])"
urlpatterns = [re_path(rf"^vision/v{VERSIONS}/ocr$", PrintedTextView.as_view())]
