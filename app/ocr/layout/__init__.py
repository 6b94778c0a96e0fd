"""Loose lines of text, in no order, to blocks in reading order."""

from .order import blocks_in_reading_order

__all__ = ["blocks_in_reading_order"]
