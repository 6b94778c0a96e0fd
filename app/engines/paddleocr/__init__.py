"""PaddleOCR's PP-OCRv6 models with our own pre- and post-processing, on ONNX Runtime."""

from .engine import PaddleOcrEngine

__all__ = ["PaddleOcrEngine"]
