"""Pages in API answers; with boxes it is the page object of the JSON export."""

from __future__ import annotations

from typing import Any

from app.ocr.result import Page


def page_summary(page: Page, *, boxes: bool) -> dict[str, Any]:
    summary: dict[str, Any] = {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "rotation": page.rotation,
        "skew": page.skew,
        "dpi": page.dpi,
        "engine": page.engine,
        "reason": page.reason,
        "source": page.source,
        "languages": list(page.languages),
        "confidence": round(page.confidence, 4),
        "text": page.text,
    }
    if page.barcodes:
        summary["barcodes"] = [
            {"kind": code.kind, "text": code.text, "bbox": list(code.bbox)} for code in page.barcodes
        ]
    return summary
