"""Positioned words, rules and pictures, in no order, to blocks in reading order."""

from .page import blocks_in_reading_order, layout, unordered_blocks

__all__ = ["blocks_in_reading_order", "layout", "unordered_blocks"]
