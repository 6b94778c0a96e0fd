"""Figures of a page: photos, drawings and charts, with their captions and places in the text."""

from __future__ import annotations

from .find import figures_in_picture, find_figures
from .placing import Figure, figures_of, in_reading_order

__all__ = ["Figure", "figures_in_picture", "figures_of", "find_figures", "in_reading_order"]
