"""Excel workbooks of a document's tables."""

from .exporter import XlsxExporter

__all__ = ["XlsxExporter"]
