"""Engines and languages of this site, as found in the last seconds.

The search for packages and folders of language data takes two milliseconds, and nearly every page
and upload needs its result. New installations are offered within FRESH_SECONDS.
"""

from __future__ import annotations

import time
from functools import lru_cache

from app.recognition.catalog import (
    EngineEntry,
    LanguageEntry,
    check_entry,
    engine_catalog,
    engine_entry,
    language_catalog,
)

from .engine_settings import engine_config

FRESH_SECONDS = 5


def engines() -> tuple[EngineEntry, ...]:
    """Every engine, including unavailable ones."""
    return _engines(_period())


def languages() -> tuple[LanguageEntry, ...]:
    """The installed languages, by name."""
    return _languages(_period())


def check(engine: str, languages: tuple[str, ...]) -> None:
    """Refuses a request that this site cannot serve.

    Raises OcrError: unknown_engine, engine_unavailable, unknown_language.
    """
    found = next((entry for entry in engines() if entry.name == engine), None)
    check_entry(found or engine_entry(engine_config(), engine), languages)


def forget() -> None:
    """Makes the next call search again."""
    _engines.cache_clear()
    _languages.cache_clear()


def _period() -> int:
    return int(time.monotonic() / FRESH_SECONDS)


@lru_cache(maxsize=1)
def _engines(period: int) -> tuple[EngineEntry, ...]:
    return engine_catalog(engine_config())


@lru_cache(maxsize=1)
def _languages(period: int) -> tuple[LanguageEntry, ...]:
    return tuple(entry for entry in language_catalog(engine_config()) if entry.engines)
