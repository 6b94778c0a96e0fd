"""Tesseract, in process through tesserocr, or as a program where tesserocr is not installed."""

from .engine import TesseractEngine

__all__ = ["TesseractEngine"]
