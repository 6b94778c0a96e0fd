"""Options of Umi-OCR: a flat JSON object with names such as `ocr.language`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.compat.shared.languages import installed_languages
from app.ocr.errors import OcrError
from app.ocr.options import Options

# Umi-OCR's engine-specific names -> Tesseract codes.
LANGUAGES = {
    "简体中文": "chi_sim",
    "繁體中文": "chi_tra",
    "english": "eng",
    "日本語": "jpn",
    "한국어": "kor",
    "русский": "rus",
    "models/config_chinese.txt": "chi_sim",
    "models/config_chinese_cht.txt": "chi_tra",
    "models/config_chinese_cht(v2).txt": "chi_tra",
    "models/config_en.txt": "eng",
    "models/config_japan.txt": "jpn",
    "models/config_korean.txt": "kor",
    "models/config_cyrillic.txt": "rus",
}
PARSERS = (
    "multi_para",
    "multi_line",
    "multi_none",
    "single_para",
    "single_line",
    "single_none",
    "single_code",
    "none",
)
DATA_FORMATS = ("dict", "text")
PDF_TEXT = {"mixed": "auto", "fullPage": "ignore", "imageOnly": "ignore", "textOnly": "only"}


def recognition_options(options: Mapping[str, Any], **more: Any) -> Options:
    """Raises OcrError(bad_option)."""
    language = str(options.get("ocr.language", ""))
    return Options(
        languages=installed_languages([LANGUAGES.get(language.lower(), language)]),
        ignore=ignored_areas(options.get("tbpu.ignoreArea") or []),
        **more,
    )


def document_options(options: Mapping[str, Any]) -> Options:
    """Raises OcrError(bad_option)."""
    mode = choice(options, "doc.extractionMode", tuple(PDF_TEXT))
    password = str(options.get("password", ""))
    return recognition_options(
        options, pdf_text=PDF_TEXT[mode], password=password, pages=pages_of(options)
    )


def choice(options: Mapping[str, Any], name: str, known: tuple[str, ...]) -> str:
    """The first of the known values is the default. Raises OcrError(bad_option)."""
    value = options.get(name, known[0])
    if value not in known:
        raise OcrError("bad_option", f"{name} must be one of {', '.join(known)}.")
    return str(value)


def ignored_areas(areas: Any) -> tuple[tuple[int, int, int, int], ...]:
    """`[[[left, top], [right, bottom]], …]`. Raises OcrError(bad_option)."""
    try:
        boxes = [(*map(int, start), *map(int, end)) for start, end in areas]
        return tuple((left, top, right - left, bottom - top) for left, top, right, bottom in boxes)
    except (TypeError, ValueError):
        message = "tbpu.ignoreArea must be a list of [[left, top], [right, bottom]]."
        raise OcrError("bad_option", message) from None


def pages_of(options: Mapping[str, Any]) -> str:
    """Pages, counted from 1; an end of -1 is the last page. Raises OcrError(bad_option)."""
    listed = options.get("pageList") or []
    start, end = options.get("pageRangeStart", 1), options.get("pageRangeEnd", -1)
    numbers = [*listed, start, end] if isinstance(listed, list) else [""]
    if not all(isinstance(number, int) and -1 <= number < 10**6 for number in numbers):
        raise OcrError("bad_option", "Pages must be numbers, counted from 1.")
    if listed:
        return ",".join(map(str, listed))
    if start == 1 and end == -1:
        return ""
    return f"{start}-{'' if end == -1 else end}"


def described() -> dict[str, Any]:
    """The answer of get_options, from which clients build their forms."""
    languages = [[name, name] for name in LANGUAGES if not name.endswith(".txt")]
    return {
        "ocr.language": {"title": "Language", "default": "english", "optionsList": languages},
        "tbpu.parser": {
            "title": "Layout",
            "default": PARSERS[0],
            "optionsList": [[name, name] for name in PARSERS],
        },
        "tbpu.ignoreArea": {"title": "Ignored areas", "default": [], "type": "var"},
        "data.format": {
            "title": "Format",
            "default": DATA_FORMATS[0],
            "optionsList": [[name, name] for name in DATA_FORMATS],
        },
    }
