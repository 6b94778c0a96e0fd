"""Figures of a page: photos, drawings and charts, with their captions and places in the text.

find.py detects them; this module does not import it, so that web processes load no OpenCV.
"""

from __future__ import annotations

from .placing import Figure, caption_of, figures_of, in_reading_order

__all__ = ["Figure", "caption_of", "figures_of", "in_reading_order"]
