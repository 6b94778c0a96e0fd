"""Direction of a page, by the orientation network and by reading its lines."""

from .finder import DirectionFinder

__all__ = ["DirectionFinder"]
