"""Files as pages of pixels: open_source() is the one way from bytes to a picture."""

from .base import Limits, PageImage, Source
from .opening import open_source

__all__ = ["Limits", "PageImage", "Source", "open_source"]
