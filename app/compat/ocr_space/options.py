"""OCR.space's parameters as options of a recognition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.ocr.errors import OcrError
from app.ocr.options import Options, parse_languages

# Its own codes that are no ISO codes either.
LANGUAGES = {"chs": "chi_sim", "cht": "chi_tra", "tai": "tha"}
ENGINES = ("1", "2", "3")
FLAGS = {"true": True, "false": False, "1": True, "0": False, "": False}


@dataclass(frozen=True, slots=True)
class Parameters:
    """fields: by name in lower case."""

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
        # Tesseract's script names, such as Latin, are longer.
        lower = (code.lower() if len(code) == 3 else code for code in codes)
        return tuple(LANGUAGES.get(code, code) for code in lower)

    def base64_image(self) -> str:
        """Raises OcrError(bad_data_uri) where the prefix is missing."""
        text = self.text("base64image")
        if not text.startswith("data:") or ";base64," not in text[:200]:
            raise OcrError(
                "bad_data_uri",
                "Not a valid base64 image. The accepted base64 image format is "
                "'data:image/<content_type>;base64,<base64_image_content>'",
            )
        return text


def bad_parameter(name: str) -> OcrError:
    return OcrError("bad_parameter", f"E201: Value for parameter '{name}' is invalid")
