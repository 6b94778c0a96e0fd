"""Files as pages of pixels: open_source() is the only way from bytes to a picture."""

from .base import NO_LIMITS, Limits, PageImage, Pixels, Source
from .opening import open_source

__all__ = ["NO_LIMITS", "Limits", "PageImage", "Pixels", "Source", "open_source"]
