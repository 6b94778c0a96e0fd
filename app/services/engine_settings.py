"""The site's engine settings, used by pages, jobs and workers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from app.engines.base import EngineConfig
from app.ocr.options import parse_languages


@cache
def engine_config() -> EngineConfig:
    """Plain data, because it is sent to recognizing processes."""
    return EngineConfig(
        profile=settings.OCR_PROFILE,
        default_engine=settings.OCR_ENGINE,
        default_languages=parse_languages(settings.OCR_LANGUAGES),
        tessdata=Path(settings.TESSDATA_PREFIX) if settings.TESSDATA_PREFIX else None,
        runtime=settings.OCR_RUNTIME,
        model_dirs={name: Path(folder) for name, folder in settings.OCR_MODEL_DIRS.items()},
        max_pixels=settings.OCR_MAX_PIXELS,
        max_pages=settings.OCR_MAX_PAGES,
    )
