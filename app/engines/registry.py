"""Names of the engines with their classes, which are imported when a name is first used."""

from __future__ import annotations

from importlib import import_module

from app.ocr.errors import OcrError

from .base import Engine, EngineConfig

ENGINES = {
    "tesseract": "app.engines.tesseract.TesseractEngine",
    "paddleocr": "app.engines.paddleocr.PaddleOcrEngine",
    "paddleocr-original": "app.engines.paddleocr.original.OriginalPaddleOcrEngine",
    "easyocr": "app.engines.easyocr.EasyOcrEngine",
}
# All that can be asked for: "auto" chooses between engines (app.recognition.auto).
NAMES = ("auto", *ENGINES)


def create_engine(name: str, config: EngineConfig) -> Engine:
    """A new engine of that name. Raises OcrError(unknown_engine)."""
    try:
        module, _, attribute = ENGINES[name].rpartition(".")
    except KeyError:
        known = ", ".join(NAMES)
        raise OcrError("unknown_engine", f"No engine “{name[:40]}”. Known: {known}.") from None
    engine_class: type[Engine] = getattr(import_module(module), attribute)
    return engine_class(config)
