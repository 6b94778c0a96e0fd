"""Excel workbooks of a document's tables."""

from .exporter import XlsxExporter, table_xlsx

__all__ = ["XlsxExporter", "table_xlsx"]
