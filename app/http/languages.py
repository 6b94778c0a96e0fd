"""Language hints of other services' clients, which are no reason to refuse a file."""

from __future__ import annotations

from collections.abc import Iterable

from app.engines.catalog import language_catalog
from app.ocr.languages import from_tag
from app.services.engine_settings import engine_config

MOST_HINTS = 8


def installed_hints(tags: Iterable[str]) -> tuple[str, ...]:
    """Tesseract codes of the hinted languages that this site reads, at most MOST_HINTS."""
    installed = {entry.code for entry in language_catalog(engine_config()) if entry.engines}
    codes = dict.fromkeys(map(from_tag, tags))
    return tuple(code for code in codes if code in installed)[:MOST_HINTS]
