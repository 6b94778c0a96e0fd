"""OCR.space's parameters as options of a recognition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.ocr.errors import OcrError
from app.ocr.languages import from_tag
from app.ocr.options import Options, parse_languages
from app.services import installed

# OCR.space's own codes, which are in no standard.
LANGUAGES = {"chs": "chi_sim", "cht": "chi_tra", "tai": "tha"}
# OCR.space's codes in the order of its documentation; some are also Tesseract's.
CODES = (
    "ara bul chs cht hrv cze dan dut eng fin fre ger gre hun kor ita jpn pol por rus slv spa swe "
    "tai tur ukr vie hin kan per tel tam"
).split()
ENGINES = ("1", "2", "3")
FLAGS = {"true": True, "false": False, "1": True, "0": False, "": False}


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of a request. fields: values by lower-case name."""

    fields: dict[str, Any]

    def text(self, name: str) -> str:
        return str(self.fields.get(name, "")).strip()

    def flag(self, name: str) -> bool:
        """Raises OcrError(bad_parameter)."""
        try:
            return FLAGS[self.text(name).lower()]
        except KeyError:
            raise bad_parameter(name) from None

    def options(self) -> Options:
        """Raises OcrError(bad_parameter)."""
        for name in ("isoverlayrequired", "detectorientation", "istable", "iscreatesearchablepdf"):
            self.flag(name)
        if self.text("ocrengine") not in ("", *ENGINES):
            raise bad_parameter("OCREngine")
        return Options(languages=self.languages())

    def languages(self) -> tuple[str, ...]:
        try:
            codes = parse_languages(self.text("language"))
        except OcrError:
            raise bad_parameter("language") from None
        # Tesseract's script names, such as Latin, are longer and keep their case.
        lower = (code.lower() if len(code) == 3 else code for code in codes)
        return tuple(LANGUAGES.get(code, code) for code in lower)

    def base64_image(self) -> str:
        """Raises OcrError(bad_data_uri) if the prefix is missing."""
        text = self.text("base64image")
        if not text.startswith("data:") or ";base64," not in text[:200]:
            raise OcrError(
                "bad_data_uri",
                "Not a valid base64 image. The accepted base64 image format is "
                "'data:image/<content_type>;base64,<base64_image_content>'",
            )
        return text


def tesseract_code(code: str) -> str:
    return LANGUAGES.get(code) or from_tag(code)


def installed_codes() -> list[str]:
    """OCR.space's codes of the languages that this site reads."""
    codes_here = {entry.code for entry in installed.languages()}
    return [code for code in CODES if tesseract_code(code) in codes_here]


def bad_parameter(name: str) -> OcrError:
    return OcrError("bad_parameter", f"E201: Value for parameter '{name}' is invalid")
