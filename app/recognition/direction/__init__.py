"""Direction of a page: the network for orientation, and what the lines say."""

from .finder import DirectionFinder

__all__ = ["DirectionFinder"]
