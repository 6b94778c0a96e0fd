"""Tesseract's language data: the folder, and the languages installed in it."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

DEBIAN_TESSDATA = Path("/usr/share/tesseract-ocr/5/tessdata")
USUAL_PLACES = (
    DEBIAN_TESSDATA,
    Path("/usr/share/tesseract-ocr/4.00/tessdata"),
    Path("/usr/share/tessdata"),
    Path("/usr/local/share/tessdata"),
    Path("/opt/homebrew/share/tessdata"),
)
# Files in tessdata that are not languages: orientation and script, and equation detection.
OSD = "osd"
OSD_FILE = "osd.traineddata"
NO_LANGUAGE = {OSD, "equ"}


def find_tessdata(configured: Path | None) -> Path | None:
    """The configured folder, TESSDATA_PREFIX, or where the system's packages put the data."""
    prefix = os.environ.get("TESSDATA_PREFIX")
    candidates = (
        [configured] if configured else [*([Path(prefix)] if prefix else []), *USUAL_PLACES]
    )
    return next((path for path in candidates if path and any(path.glob("*.traineddata"))), None)


def installed_languages(tessdata: Path | None) -> tuple[str, ...]:
    """Codes such as "eng", and script models such as "Fraktur" or "script/Latin"; sorted."""
    if tessdata is None:
        return ()
    return _list_languages(tessdata, tessdata.stat().st_mtime)


@lru_cache(maxsize=4)
def _list_languages(tessdata: Path, modified: float) -> tuple[str, ...]:
    """modified is part of the key, so that a newly installed language is seen."""
    files = tessdata.rglob("*.traineddata")
    codes = (path.relative_to(tessdata).with_suffix("").as_posix() for path in files)
    return tuple(sorted(code for code in codes if code not in NO_LANGUAGE))
