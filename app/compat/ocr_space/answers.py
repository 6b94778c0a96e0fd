"""Answer bodies of OCR.space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.compat.shared.view import Failure
from app.ocr.layout.cells import rows
from app.ocr.result import Line, Page

from .options import Parameters, installed_codes

NO_OVERLAY = {
    "Lines": [],
    "HasOverlay": False,
    "Message": "Text overlay is not provided as it is not requested",
}
NO_TYPE = [
    "Unable to recognize the file type",
    (
        "E216:Unable to detect the file extension, or the file extension is incorrect, and no "
        "'file type' provided in request. Please provide a file with a proper content type or "
        "extension, or provide a file type in request to enable OCR on your file."
    ),
]
# OCRExitCode and FileParseExitCode
PARSED, FAILED, BAD_REQUEST = 1, 3, 99
ENGINE_ERROR = -10
# Failures after a file was accepted, which OCR.space reports per page.
PARSE_FAILURES = {
    "unreadable_image", "too_many_pixels", "engine_failed", "engine_crashed", "page_timeout",
    "out_of_memory", "password_required", "wrong_password",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SuccessBody:
    pages: Sequence[Page]
    parameters: Parameters

    def render(self, milliseconds: str, pdf_url: str) -> dict[str, Any]:
        return {
            "ParsedResults": [self.parsed(page) for page in self.pages],
            "OCRExitCode": PARSED,
            "IsErroredOnProcessing": False,
            "ProcessingTimeInMilliseconds": milliseconds,
            "SearchablePDFURL": pdf_url,
        }

    def parsed(self, page: Page) -> dict[str, Any]:
        wants_overlay = self.parameters.flag("isoverlayrequired")
        turned = page.rotation if self.parameters.flag("detectorientation") else 0
        return {
            "TextOverlay": overlay(page) if wants_overlay else NO_OVERLAY,
            "TextOrientation": str(turned),
            "FileParseExitCode": PARSED,
            "ParsedText": self.text(page),
            "ErrorMessage": "",
            "ErrorDetails": "",
        }

    def text(self, page: Page) -> str:
        if self.parameters.flag("istable"):
            table = rows(page.lines, page.skew)
            return "".join("\t".join(cell.text for cell in row) + "\t\r\n" for row in table)
        return "".join(line.text + "\r\n" for line in page.lines)


def overlay(page: Page) -> dict[str, Any]:
    lines = [overlay_line(line) for line in page.lines]
    return {"Lines": lines, "HasOverlay": True, "Message": f"Total lines: {len(lines)}"}


def overlay_line(line: Line) -> dict[str, Any]:
    return {
        "LineText": line.text,
        "Words": [
            {
                "WordText": word.text,
                "Left": float(word.bbox.left),
                "Top": float(word.bbox.top),
                "Height": float(word.bbox.height),
                "Width": float(word.bbox.width),
            }
            for word in line.words
        ],
        "MaxHeight": float(max(word.bbox.height for word in line.words)),
        "MinTop": float(line.bbox.top),
    }


def error_body(failure: Failure, milliseconds: str) -> dict[str, Any]:
    """The body of an HTTP 200 whose exit codes report the failure."""
    body: dict[str, Any] = {
        "OCRExitCode": BAD_REQUEST,
        "IsErroredOnProcessing": True,
        "ErrorMessage": error_messages(failure),
        "ProcessingTimeInMilliseconds": milliseconds,
    }
    if failure.code not in PARSE_FAILURES:
        return body
    parsed = {
        "FileParseExitCode": ENGINE_ERROR,
        "ParsedText": "",
        "ErrorMessage": f"Parsing Error: {failure.message}",
        "ErrorDetails": "",
    }
    messages = ["All images/pages errored in parsing"]
    return {"ParsedResults": [parsed], **body, "OCRExitCode": FAILED, "ErrorMessage": messages}


def error_messages(failure: Failure) -> list[str]:
    if failure.code == "unsupported_type":
        return NO_TYPE
    if failure.code == "unknown_language":
        served = f"Languages served here: {', '.join(['auto', *installed_codes()])}."
        return ["E201: Value for parameter 'language' is invalid", served]
    return [failure.message]


def limit_text(failure: Failure) -> str:
    """Message about an exceeded limit; clients compare how it begins."""
    if failure.code == "quota_exceeded":
        return "You may only perform this action upto maximum number of pages within 86400 seconds"
    return (
        "You may only perform this action upto maximum number of times within 60 seconds. "
        f"{failure.message}"
    )
