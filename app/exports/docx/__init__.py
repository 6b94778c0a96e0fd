"""Word documents: headings, paragraphs, lists and tables."""

from .exporter import DocxExporter

__all__ = ["DocxExporter"]
