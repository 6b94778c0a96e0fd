"""Searchable PDF: the pages as they were uploaded, with invisible text on every word."""

from .exporter import PdfExporter

__all__ = ["PdfExporter"]
