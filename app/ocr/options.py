"""Options of one recognition, checked here and stored with the job."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from typing import Any

from .errors import OcrError
from .languages import from_tag

PDF_TEXT_MODES = ("auto", "ignore", "only")
MOST_LANGUAGES = 8
LANGUAGE_PATTERN = re.compile(r"[A-Za-z][A-Za-z0-9_/-]{1,40}")


@dataclass(frozen=True, slots=True)
class Options:
    """One recognition's settings.

    engine: a name of app.engines.registry. languages: Tesseract codes, or ("auto",); empty means
    the site's default. psm, oem: Tesseract's numbers. dpi: of the image, when the file has none.
    whitelist: only these characters. user_words: extra dictionary words. pages: "1-3,7" or
    "" for all. region: (x, y, width, height) of the upright page; ignore: such boxes to skip.
    pdf_text: use a PDF page's own text layer when sound ("auto"), never ("ignore"), or use nothing
    else ("only"). rotate: degrees clockwise to turn the page first, or None to detect them.
    prepare: orientation, deskew, light and so on before recognition. barcodes: read them too.
    """

    engine: str = "auto"
    languages: tuple[str, ...] = ()
    psm: int | None = None
    oem: int | None = None
    dpi: int | None = None
    whitelist: str = ""
    user_words: tuple[str, ...] = ()
    pages: str = ""
    password: str = ""
    region: tuple[int, int, int, int] | None = None
    ignore: tuple[tuple[int, int, int, int], ...] = ()
    pdf_text: str = "auto"
    rotate: int | None = None
    prepare: bool = True
    barcodes: bool = False

    def __post_init__(self) -> None:
        _check_range("psm", self.psm, 0, 13)
        _check_range("oem", self.oem, 0, 3)
        _check_range("dpi", self.dpi, 30, 2400)
        if self.pdf_text not in PDF_TEXT_MODES:
            raise OcrError("bad_option", f"pdf_text must be one of {', '.join(PDF_TEXT_MODES)}.")
        if self.rotate not in (None, 0, 90, 180, 270):
            raise OcrError("bad_option", "rotate must be 0, 90, 180 or 270.")

    def to_json(self) -> dict[str, Any]:
        """Only what differs from the defaults, so that stored options stay readable."""
        default = Options()
        values = asdict(self)
        return {name: value for name, value in values.items() if value != getattr(default, name)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Options:
        names = {field.name for field in fields(cls)}
        known = {name: _frozen(value) for name, value in data.items() if name in names}
        return cls(**known)


def parse_languages(text: str) -> tuple[str, ...]:
    """Tesseract codes without repeats: `"eng+de"`, `"eng,de-AT"` or `"en deu"` -> ("eng", "deu").

    Raises OcrError: bad_option for more than MOST_LANGUAGES, unknown_language for a malformed code.
    """
    names = [name for name in re.split(r"[+,\s]+", text.strip()) if name]
    for name in names:
        if not LANGUAGE_PATTERN.fullmatch(name) or ".." in name:
            raise OcrError("unknown_language", f"“{name[:40]}” is not a language code such as eng.")
    codes = tuple(dict.fromkeys(map(from_tag, names)))
    if len(codes) > MOST_LANGUAGES:
        raise OcrError("bad_option", f"Ask for at most {MOST_LANGUAGES} languages at once.")
    return codes


def _frozen(value: Any) -> Any:
    """JSON has only lists; the frozen dataclass wants tuples all the way down."""
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _check_range(name: str, value: int | None, low: int, high: int) -> None:
    if value is not None and not low <= value <= high:
        raise OcrError("bad_option", f"{name} must be between {low} and {high}.")
