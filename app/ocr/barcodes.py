"""Barcodes and QR codes, read by zxing-cpp."""

from __future__ import annotations

from .result import Barcode, Bbox
from .source.base import Pixels


def read_barcodes(pixels: Pixels, enlargement: float = 1.0) -> tuple[Barcode, ...]:
    """All barcodes found, at any rotation; boxes in pixels times enlargement."""
    import zxingcpp

    return tuple(
        Barcode(code.format.name, code.text, _bbox(code.position, enlargement))
        for code in zxingcpp.read_barcodes(pixels)
        if code.text
    )


def _bbox(position: object, enlargement: float) -> Bbox:
    corners = [
        getattr(position, name) for name in ("top_left", "top_right", "bottom_right", "bottom_left")
    ]
    across, down = [corner.x for corner in corners], [corner.y for corner in corners]
    sides = min(across), min(down), max(across), max(down)
    return Bbox(*(round(side * enlargement) for side in sides))
