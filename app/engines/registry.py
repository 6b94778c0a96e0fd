"""Engine names and where each lives; a class is imported the first time its name is used."""

from __future__ import annotations

from importlib import import_module

from app.ocr.errors import OcrError

from .base import Engine, EngineConfig

ENGINES = {
    "auto": "app.recognition.auto.engine.AutoEngine",
    "tesseract": "app.engines.tesseract.TesseractEngine",
    "paddleocr": "app.engines.paddleocr.PaddleOcrEngine",
    "paddleocr-original": "app.engines.paddleocr.original.OriginalPaddleOcrEngine",
    "easyocr": "app.engines.easyocr.EasyOcrEngine",
}


def create_engine(name: str, config: EngineConfig) -> Engine:
    """A new engine of that name. Raises OcrError(unknown_engine)."""
    try:
        module, _, attribute = ENGINES[name].rpartition(".")
    except KeyError:
        known = ", ".join(ENGINES)
        raise OcrError("unknown_engine", f"No engine “{name[:40]}”. Known: {known}.") from None
    engine_class: type[Engine] = getattr(import_module(module), attribute)
    return engine_class(config)
