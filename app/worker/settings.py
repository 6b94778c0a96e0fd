"""The site's settings of workers."""

from __future__ import annotations

import os
from dataclasses import replace

from django.conf import settings

from app.services.engine_settings import engine_config

from .process import ProcessConfig


def slot_count() -> int:
    """Concurrent jobs: WORKERS, or one for each core; one in the small profile."""
    return settings.WORKERS or (1 if settings.OCR_PROFILE == "small" else core_count())


def core_count() -> int:
    """Cores of all slots together: a worker uses no more than the configured number of slots."""
    if settings.WORKERS:
        count: int = settings.WORKERS
        return count
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def process_config(cores: int) -> ProcessConfig:
    """cores: the worker's; one page uses at most OCR_THREADS of them."""
    cores = min(cores, settings.OCR_THREADS or cores)
    return ProcessConfig(
        engine=replace(engine_config(), cores=cores),
        recognizer=settings.RECOGNIZER,
        page_seconds=settings.OCR_PAGE_SECONDS,
        memory_mb=settings.OCR_MEMORY_MB,
    )
