"""Tesseract: in process through tesserocr, or as a program where that cannot be had."""

from .engine import TesseractEngine

__all__ = ["TesseractEngine"]
