"""Positioned words, rules and pictures, in no order, to blocks in reading order."""

from .page import layout, unordered_blocks

__all__ = ["layout", "unordered_blocks"]
