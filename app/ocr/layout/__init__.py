"""Layout: blocks in reading order from unordered words, rules and pictures with positions."""

from .page import layout, unordered_blocks

__all__ = ["layout", "unordered_blocks"]
