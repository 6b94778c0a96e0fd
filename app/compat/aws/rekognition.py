"""Rekognition's DetectText: lines and words of a picture, with its filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from rest_framework.request import Request

from app.compat.shared.geometry import Sheet
from app.compat.shared.recognition import recognize_pages
from app.ocr.errors import OcrError
from app.ocr.result import Bbox, Line, Page, Word

from .blocks import geometry, percent
from .documents import document_content, json_object

MODEL_VERSION = "3.0"


def detect_text(request: Request, body: Mapping[str, Any]) -> dict[str, Any]:
    filters = Filters(body.get("Filters") or {})
    pages = recognize_pages(request, document_content(request, json_object(body, "Image")))
    return {"TextDetections": [*detections(pages[0], filters)], "TextModelVersion": MODEL_VERSION}


class Filters:
    """Word filter and regions of interest. Raises OcrError(bad_option)."""

    def __init__(self, sent: Any) -> None:
        try:
            words = sent.get("WordFilter") or {}
            self.confidence = float(words.get("MinConfidence") or 0)
            self.height = float(words.get("MinBoundingBoxHeight") or 0)
            self.width = float(words.get("MinBoundingBoxWidth") or 0)
            boxes = [each["BoundingBox"] for each in sent.get("RegionsOfInterest") or ()]
            self.regions = [
                tuple(float(box[side]) for side in ("Left", "Top", "Width", "Height"))
                for box in boxes
            ]
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            raise OcrError("bad_option", "Request has invalid parameters: Filters") from None

    def admit(self, word: Word, box: dict[str, float]) -> bool:
        return (
            percent(word.confidence) >= self.confidence
            and box["Height"] >= self.height
            and box["Width"] >= self.width
            and (not self.regions or any(inside(box, region) for region in self.regions))
        )


def inside(box: dict[str, float], region: tuple[float, ...]) -> bool:
    """Whether the center of the box is in the region."""
    left, top, width, height = region
    x, y = box["Left"] + box["Width"] / 2, box["Top"] + box["Height"] / 2
    return left <= x <= left + width and top <= y <= top + height


def detections(page: Page, filters: Filters) -> Iterator[dict[str, Any]]:
    """All lines, then all words, numbered consecutively; a word names its line."""
    sheet = Sheet(page)
    lines = [line for line in (filtered(each, sheet, filters) for each in page.lines) if line.words]
    for number, line in enumerate(lines):
        confidence = percent(line.confidence)
        yield detection(number, "LINE", line.text, confidence, sheet, line.bbox)
    numbers = count(len(lines))
    for parent, line in enumerate(lines):
        for word in line.words:
            confidence = percent(word.confidence)
            found = detection(next(numbers), "WORD", word.text, confidence, sheet, word.bbox)
            yield {**found, "ParentId": parent}


def filtered(line: Line, sheet: Sheet, filters: Filters) -> Line:
    words = [
        word
        for word in line.words
        if filters.admit(word, geometry(sheet, word.bbox)["BoundingBox"])
    ]
    return Line(tuple(words), line.direction)


def detection(
    number: int, kind: str, text: str, confidence: float, sheet: Sheet, box: Bbox
) -> dict[str, Any]:
    return {
        "DetectedText": text,
        "Type": kind,
        "Id": number,
        "Confidence": confidence,
        "Geometry": geometry(sheet, box),
    }
