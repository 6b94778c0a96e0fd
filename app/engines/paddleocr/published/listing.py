"""PP-OCRv5's recognizers according to RapidOCR's own list, with their addresses and checksums.

The list comes with the rapidocr package (default_models.yaml), so it fits the installed version.
Format: onnxruntime > PP-OCRv5 > rec > NAME > model_dir (URL of the file), SHA256.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.engines.paddleocr.heads.catalog import BEHIND_TESSERACT, scripts_of
from app.engines.runtime.model_files import package_folder

SETTING = "OCR_MODEL_DIRS=paddleocr-scripts=FOLDER"
FOLDER_KEY = "paddleocr-scripts"
LIST = "default_models.yaml"
SUFFIX = "_PP-OCRv5_rec_mobile"
# Tesseract codes of the languages that each is published for, by its name in the list.
LANGUAGES = {
    "arabic": ("ara", "fas", "urd", "uig", "pus", "snd"),
    "cyrillic": ("rus", "bel", "ukr", "bul", "mkd", "srp", "kaz", "kir", "tgk", "mon", "tat"),
    "devanagari": ("hin", "mar", "nep", "san"),
    "el": ("ell",),
    "eslav": ("rus", "bel", "ukr"),
    "korean": ("kor",),
    "ta": ("tam",),
    "te": ("tel",),
    "th": ("tha",),
}


@dataclass(frozen=True, slots=True)
class PublishedModel:
    """name: as in LANGUAGES. sha256: of the file, hexadecimal."""

    name: str
    url: str
    sha256: str

    @property
    def file_name(self) -> str:
        return self.url.rpartition("/")[2]

    @property
    def languages(self) -> tuple[str, ...]:
        return LANGUAGES[self.name]

    def state_in(self, folder: Path) -> str:
        """ "missing", "damaged" (its checksum differs) or "complete"."""
        path = folder / self.file_name
        if not path.is_file():
            return "missing"
        facts = path.stat()
        return "complete" if _digest(path, facts.st_mtime_ns) == self.sha256 else "damaged"


@cache
def published_models() -> tuple[PublishedModel, ...]:
    """Recognizers of single scripts, by name; empty if rapidocr or its list is not installed."""
    folder = package_folder("rapidocr")
    if folder is None or not (folder / LIST).is_file():
        return ()
    import yaml

    with (folder / LIST).open(encoding="utf-8") as file:
        listed = yaml.load(file, yaml.CSafeLoader)
    recognizers = listed["onnxruntime"]["PP-OCRv5"]["rec"]
    return tuple(
        PublishedModel(name, found["model_dir"], found["SHA256"].lower())
        for name in sorted(LANGUAGES)
        if (found := recognizers.get(name + SUFFIX))
    )


def complete_models(folder: Path | None) -> tuple[PublishedModel, ...]:
    """Models whose files in the folder have the right checksum. Cheap where there are none."""
    if folder is None or not any(folder.glob(f"*{SUFFIX}.onnx")):
        return ()
    return tuple(each for each in published_models() if each.state_in(folder) == "complete")


def published_files(folder: Path | None, *, with_heads: bool) -> dict[str, Path]:
    """Map languages (Tesseract codes) to the files that read them.

    with_heads: our own recognizers run; they keep the scripts in which they match Tesseract.
    """
    return {
        code: folder / model.file_name
        for model in complete_models(folder)
        for code in model.languages
        if folder and not (with_heads and set(scripts_of((code,))) - BEHIND_TESSERACT)
    }


def damaged_files(folder: Path | None) -> tuple[str, ...]:
    """Names of files in the folder whose checksum is not the list's."""
    if folder is None or not any(folder.glob(f"*{SUFFIX}.onnx")):
        return ()
    return tuple(
        each.file_name for each in published_models() if each.state_in(folder) == "damaged"
    )


@cache
def _digest(path: Path, changed: int) -> str:
    """changed: time of the last change, so that a replaced file is read again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
