"""What this site can do, for people and for the API. Loads no model."""

from __future__ import annotations

from dataclasses import dataclass

from app.engines.base import Engine, EngineConfig
from app.engines.registry import ENGINES, create_engine
from app.ocr.errors import OcrError
from app.ocr.languages import AUTO, known_languages, language_of


@dataclass(frozen=True, slots=True)
class EngineEntry:
    """reason: why it is not available and how to add it; empty if it is."""

    name: str
    title: str
    available: bool
    reason: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageEntry:
    """engines: names of those that read it here; how_to_add: empty if at least one does."""

    code: str
    name: str
    native_name: str
    engines: tuple[str, ...]
    how_to_add: str


def engine_catalog(config: EngineConfig) -> tuple[EngineEntry, ...]:
    return tuple(_engine_entry(create_engine(name, config)) for name in ENGINES)


def language_catalog(config: EngineConfig) -> tuple[LanguageEntry, ...]:
    """Installed languages first, then all others that could be added; each part by name."""
    readers: dict[str, list[str]] = {}
    for engine in engine_catalog(config):
        for code in engine.languages if engine.available else ():
            readers.setdefault(code, []).append(engine.name)
    codes = {*readers, *(language.code for language in known_languages())}
    entries = [_language_entry(code, tuple(readers.get(code, ()))) for code in codes]
    return tuple(sorted(entries, key=lambda entry: (not entry.engines, entry.name)))


def check_languages(config: EngineConfig, engine: str, languages: tuple[str, ...]) -> None:
    """Raises OcrError(unknown_engine, engine_unavailable, unknown_language) for a request that
    this site cannot serve."""
    check_engine_languages(create_engine(engine, config), languages)


def check_engine_languages(engine: Engine, languages: tuple[str, ...]) -> None:
    availability = engine.availability()
    if not availability.available:
        message = f"The engine {engine.name} is not installed here. {availability.reason}"
        raise OcrError("engine_unavailable", message)
    installed = engine.languages()
    for code in languages:
        if code != AUTO and code not in installed:
            raise _unknown_language(code, engine.name, installed)


def _engine_entry(engine: Engine) -> EngineEntry:
    found = engine.availability()
    languages = engine.languages() if found.available else ()
    return EngineEntry(engine.name, engine.title, found.available, found.reason, languages)


def _language_entry(code: str, engines: tuple[str, ...]) -> LanguageEntry:
    language = language_of(code)
    how_to_add = "" if engines else how_to_add_language(code)
    return LanguageEntry(code, language.name, language.native_name, engines, how_to_add)


def how_to_add_language(code: str) -> str:
    package = "tesseract-ocr-" + code.lower().replace("_", "-").replace("/", "-")
    return f"Install the package {package}, or put {code}.traineddata into the tessdata folder."


def _unknown_language(code: str, engine: str, installed: tuple[str, ...]) -> OcrError:
    listed = ", ".join(installed) or "none"
    message = (
        f"The language “{code[:40]}” is not installed for {engine}. Installed: {listed}. "
        f"{how_to_add_language(code[:40])}"
    )
    return OcrError("unknown_language", message)
