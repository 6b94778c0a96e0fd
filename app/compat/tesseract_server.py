"""tesseract-server: `POST /tesseract`. docs/compat/tesseract-server.md"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.recognition import recognize
from app.compat.shared.view import NUMBER, CompatView, Failure, fields_of
from app.http.bodies.json import parsed_json
from app.models import Job
from app.ocr.errors import OcrError
from app.ocr.options import Options, parse_languages
from app.services.history import entries, exports

# Options that name files of the server, such as tessDataDir and userWordsFile, are excluded.
OPTION_NAMES = {"languages", "dpi", "pageSegmentationMethod", "ocrEngineMode", "configParams"}
# Tesseract's parameters that request another kind of output -> our export.
OUTPUT_PARAMS = {
    "tessedit_create_hocr": "hocr",
    "tessedit_create_tsv": "tsv",
    "tessedit_create_alto": "alto",
}
# Accepted without effect: always on, or meaningless here.
IGNORED_PARAMS = {"hocr_font_info", "preserve_interword_spaces", "tessedit_create_txt"}
WHITELIST = "tessedit_char_whitelist"
CONFIG_PARAMS = {*OUTPUT_PARAMS, *IGNORED_PARAMS, WHITELIST, "user_defined_dpi"}
# Errors that Tesseract itself would report, given as its exit code with HTTP 200.
TESSERACT_FAILURES = {
    "engine_crashed", "engine_failed", "page_timeout", "too_many_pixels", "unknown_language",
    "unreadable_image", "unsupported_type",
}  # fmt: skip


class TesseractView(CompatView):
    switch = "COMPAT_TESSERACT_SERVER"
    keyless = True

    def post(self, request: Request) -> Response:
        fields = fields_of(request)
        file = fields.get("file")
        if not isinstance(file, File) or not file.size:
            raise invalid("No or empty file provided")
        asked = parsed_options(fields.get("options"))
        job = recognize(request, file, tesseract_options(asked), name=file.name or "")
        return Response(output(stdout=printed(job, asked.get("configParams", {}))))

    def failure(self, failure: Failure) -> HttpResponse:
        if failure.code in TESSERACT_FAILURES:
            return Response(output(exit_code=1, stderr=f"{failure.message}\n"))
        if failure.status == 400:
            message = "Request input validation failed"
            return Response({"error": message, "reason": f"Error: {failure.message}"}, 400)
        error = {"error": "error processing input", "reason": failure.message}
        return Response(error, failure.status)


def parsed_options(text: Any) -> Mapping[str, Any]:
    """Raises OcrError(bad_option) for unknown options."""
    if isinstance(text, File):
        text = text.read().decode(errors="replace")
    try:
        options = parsed_json(text or "")
    except (TypeError, ValueError):
        raise invalid("options must be JSON") from None
    languages = options.get("languages") if isinstance(options, Mapping) else None
    if not isinstance(languages, list) or not languages:
        raise invalid("options.languages must be a non-empty list")
    refuse_unknown("option", set(options) - OPTION_NAMES)
    params = options.get("configParams", {})
    if not isinstance(params, Mapping):
        raise invalid("options.configParams must be an object")
    refuse_unknown("config parameter", set(params) - CONFIG_PARAMS)
    return options


def tesseract_options(asked: Mapping[str, Any]) -> Options:
    """Raises OcrError(bad_option, unknown_language)."""
    params = asked.get("configParams", {})
    return Options(
        engine="tesseract",
        languages=parse_languages("+".join(map(str, asked["languages"]))),
        psm=whole_number(asked, "pageSegmentationMethod"),
        oem=whole_number(asked, "ocrEngineMode"),
        dpi=whole_number(asked, "dpi") or whole_number(params, "user_defined_dpi"),
        whitelist=str(params.get(WHITELIST, "")),
    )


def whole_number(values: Mapping[str, Any], name: str) -> int | None:
    value = values.get(name)
    if value is None:
        return None
    if isinstance(value, int) or (isinstance(value, str) and NUMBER.fullmatch(value)):
        return int(value)
    raise invalid(f"{name} must be a whole number")


def printed(job: Job, params: Mapping[str, Any]) -> str:
    """The text that Tesseract would write to standard output."""
    for param, export in OUTPUT_PARAMS.items():
        if str(params.get(param, "0")).lower() in ("1", "t", "true"):
            return exports.content(job=job, format=export).decode()
    return "".join(f"{page.text}\n\f" if page.text else "\f" for page in entries.pages(job=job))


def output(*, exit_code: int = 0, stdout: str = "", stderr: str = "") -> dict[str, Any]:
    exited = {"code": exit_code, "signal": None}
    return {"data": {"exit": exited, "stderr": stderr, "stdout": stdout}}


def refuse_unknown(kind: str, names: set[str]) -> None:
    if names:
        raise invalid(f"unknown or forbidden {kind}: {', '.join(sorted(names))[:200]}")


def invalid(reason: str) -> OcrError:
    return OcrError("bad_option", reason)
