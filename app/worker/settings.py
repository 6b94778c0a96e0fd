"""What the site's settings say to workers."""

from __future__ import annotations

import os

from django.conf import settings

from app.services.engine_settings import engine_config

from .process import ProcessConfig


def slot_count() -> int:
    """Jobs at once: WORKERS, or one for each core that this process may use."""
    if settings.WORKERS:
        count: int = settings.WORKERS
        return count
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def process_config() -> ProcessConfig:
    return ProcessConfig(
        engine=engine_config(),
        recognizer=settings.RECOGNIZER,
        page_seconds=settings.OCR_PAGE_SECONDS,
        memory_mb=settings.OCR_MEMORY_MB,
    )
