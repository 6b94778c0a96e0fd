"""Markdown: CommonMark with GitHub's tables."""

from .exporter import MarkdownExporter, page_markdown
from .text import escaped

__all__ = ["MarkdownExporter", "escaped", "page_markdown"]
