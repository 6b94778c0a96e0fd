"""The original paddleocr package, an optional extra (requirements-paddle.in), with local models.

By default it fetches its models from a hub on the first call; this adapter uses local ones only.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.engines.base import Availability, Engine
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.ocr.result import Bbox, Page

from .languages import PP_OCR_LANGUAGES

if TYPE_CHECKING:
    from app.engines.lines.boxed_text import BoxedText
    from app.ocr.source.base import Pixels

SETTING = "OCR_MODEL_DIRS=paddleocr-original=FOLDER"
MODEL_FILES = ("inference.onnx", "inference.yml")


class OriginalPaddleOcrEngine(Engine):
    """Its folder in OCR_MODEL_DIRS holds det/ and rec/, each with MODEL_FILES."""

    name = "paddleocr-original"
    title = "PaddleOCR (original package)"
    preparation = frozenset({"deskew"})

    def availability(self) -> Availability:
        if find_spec("paddleocr") is None:
            return Availability(False, "Install requirements-paddle.txt (PaddleOCR itself).")
        if not self._has_models():
            files = "det/ and rec/, each with inference.onnx and inference.yml,"
            return Availability(False, f"Put {files} into a folder and name it in {SETTING}.")
        return Availability(True)

    def languages(self) -> tuple[str, ...]:
        return PP_OCR_LANGUAGES

    def recognize(self, pixels: Pixels, options: Options) -> Page:
        import cv2

        from app.engines.lines.boxed_text import blocks_of_boxed_text

        height, width = pixels.shape[:2]
        how = cv2.COLOR_GRAY2BGR if pixels.ndim == 2 else cv2.COLOR_RGB2BGR
        results = self.pipeline.predict(cv2.cvtColor(pixels, how))
        blocks = blocks_of_boxed_text(each for result in results for each in _boxed(result))
        return Page(1, width, height, blocks, engine=self.name, languages=options.languages)

    @cached_property
    def pipeline(self) -> Any:
        folder = self.folder
        if folder is None:
            raise OcrError("engine_unavailable", self.availability().reason)
        package: Any = import_module("paddleocr")
        return package.PaddleOCR(
            engine="onnxruntime",
            text_detection_model_dir=str(folder / "det"),
            text_recognition_model_dir=str(folder / "rec"),
            text_detection_model_name=_model_name(folder / "det"),
            text_recognition_model_name=_model_name(folder / "rec"),
            use_doc_orientation_classify=False,
            use_doc_unwarping=False,
            use_textline_orientation=False,
        )

    @cached_property
    def folder(self) -> Path | None:
        return self.config.model_dirs.get(self.name)

    def _has_models(self) -> bool:
        folder = self.folder
        return folder is not None and all(
            (folder / part / file).is_file() for part in ("det", "rec") for file in MODEL_FILES
        )


def _model_name(folder: Path) -> str:
    """The name in the model's own inference.yml."""
    lines = (folder / "inference.yml").read_text(encoding="utf-8").splitlines()
    named = (line.partition(":")[2].strip() for line in lines if "model_name:" in line)
    return next(named)


def _boxed(result: Any) -> Iterator[BoxedText]:
    from app.engines.lines.boxed_text import BoxedText

    texts, scores, boxes = result["rec_texts"], result["rec_scores"], result["rec_boxes"]
    for text, score, box in zip(texts, scores, boxes, strict=True):
        yield BoxedText(text, Bbox(*(int(side) for side in box)), float(score))
