"""tesserocr: libtesseract in this process, one warm API per language set.

An API must stay in one thread: two threads in one API crash the process.
"""

from __future__ import annotations

import tempfile
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from tesserocr import PyTessBaseAPI

from app.ocr.errors import OcrError
from app.ocr.prepare.light import is_colourless

from .request import Detection, Request
from .tessdata import OSD, OSD_FILE

if TYPE_CHECKING:
    from app.ocr.source.base import Pixels

# A warm API holds 20-60 MB; the least recently used one makes room.
WARM_APIS = 3


class InProcess:
    def __init__(self, tessdata: Path) -> None:
        self.tessdata = tessdata
        self.warm: OrderedDict[tuple[str, int], PyTessBaseAPI] = OrderedDict()

    def read_tsv(self, pixels: Pixels, request: Request) -> str:
        if not request.user_words:
            return _read(self._warm_api(request), pixels, request)
        # Tesseract reads user words while it loads a language, so a warm API is of no use.
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".user-words") as words:
            words.write("\n".join(request.user_words) + "\n")
            words.flush()
            with self._load(request, {"user_words_file": words.name}) as api:
                return _read(api, pixels, request)

    def detect(self, pixels: Pixels) -> Detection | None:
        if not (self.tessdata / OSD_FILE).is_file():
            return None
        api = self._warm_api(Request(OSD))
        _show(api, pixels)
        try:
            found = api.DetectOrientationScript()
        finally:
            api.Clear()
        if not found:
            return None
        return Detection(found["script_name"], found["orient_deg"], found["orient_conf"])

    def _warm_api(self, request: Request) -> PyTessBaseAPI:
        key = (request.languages, request.oem)
        if key not in self.warm:
            self.warm[key] = self._load(request, {})
            if len(self.warm) > WARM_APIS:
                self.warm.popitem(last=False)[1].End()
        self.warm.move_to_end(key)
        return self.warm[key]

    def _load(self, request: Request, variables: dict[str, str]) -> PyTessBaseAPI:
        try:
            return PyTessBaseAPI(
                path=f"{self.tessdata}/",
                lang=request.languages,
                oem=request.oem,
                variables=variables,
            )
        except RuntimeError as error:
            message = (
                f"Tesseract cannot load {request.languages} with oem {request.oem}; "
                "most language files have only the LSTM engine (oem 1)."
            )
            raise OcrError("bad_option", message) from error


def _read(api: PyTessBaseAPI, pixels: Pixels, request: Request) -> str:
    api.SetPageSegMode(request.psm)
    api.SetVariable("tessedit_char_whitelist", request.whitelist)
    _show(api, pixels)
    if request.dpi:
        api.SetSourceResolution(request.dpi)
    try:
        api.Recognize()
        tsv: str = api.GetTSVText(0)
    finally:
        api.Clear()
    return tsv


def _show(api: PyTessBaseAPI, pixels: Pixels) -> None:
    """Hand over pictures without colour as one channel: a tenth less time than with three."""
    if pixels.ndim == 3 and is_colourless(pixels):
        pixels = pixels[:, :, 0]
    height, width = pixels.shape[:2]
    channels = 1 if pixels.ndim == 2 else 3
    api.SetImageBytes(pixels.tobytes(), width, height, channels, width * channels)
