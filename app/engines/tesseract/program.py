"""The tesseract program through pytesseract: slower, but needs no wheel for the machine."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app.ocr.errors import OcrError

from .request import Detection, Request
from .tessdata import OSD_FILE

if TYPE_CHECKING:
    from app.ocr.source.base import Pixels


class Program:
    def __init__(self, tessdata: Path) -> None:
        self.tessdata = tessdata

    @staticmethod
    def installed() -> bool:
        return shutil.which("tesseract") is not None

    def read_tsv(self, pixels: Pixels, request: Request) -> str:
        import pytesseract
        from PIL import Image

        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".user-words") as words:
            words.write("\n".join(request.user_words) + "\n")
            words.flush()
            try:
                tsv: str = pytesseract.image_to_data(
                    Image.fromarray(pixels),
                    lang=request.languages,
                    config=self._arguments(request, words.name),
                )
            except pytesseract.TesseractError as error:
                raise OcrError("bad_option", f"Tesseract refused: {error.message[:200]}") from error
        return tsv.partition("\n")[2]

    def detect(self, pixels: Pixels) -> Detection | None:
        import pytesseract
        from PIL import Image

        if not (self.tessdata / OSD_FILE).is_file():
            return None
        try:
            found = pytesseract.image_to_osd(
                Image.fromarray(pixels),
                config=f"--tessdata-dir {self.tessdata}",
                output_type=pytesseract.Output.DICT,
            )
        except pytesseract.TesseractError:  # too few characters
            return None
        return Detection(found["script"], found["orientation"], found["orientation_conf"])

    def _arguments(self, request: Request, words_file: str) -> str:
        arguments = [f"--tessdata-dir {self.tessdata} --psm {request.psm} --oem {request.oem}"]
        if request.dpi:
            arguments.append(f"--dpi {request.dpi}")
        if request.whitelist:
            arguments.append(f"-c tessedit_char_whitelist={_quoted(request.whitelist)}")
        if request.user_words:
            arguments.append(f"--user-words {words_file}")
        return " ".join(arguments)


def _quoted(text: str) -> str:
    """pytesseract splits its config as a shell does."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
