"""Engines and languages of this site, for people and for the API. Loads no model."""

from __future__ import annotations

from dataclasses import dataclass

from app.engines.base import Engine, EngineConfig
from app.engines.registry import ENGINES, create_engine
from app.ocr.errors import OcrError
from app.ocr.languages import AUTO, known_languages, language_of

AUTO_ENGINE = "auto"
# The engines between which "auto" chooses; either alone is enough.
AUTO_CHOICES = ("paddleocr", "tesseract")


@dataclass(frozen=True, slots=True)
class EngineEntry:
    """reason: why it is not available and how to add it; empty if it is. languages: installed."""

    name: str
    title: str
    available: bool
    reason: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageEntry:
    """engines: names of the engines that read it here; how_to_add: empty if at least one does."""

    code: str
    name: str
    native_name: str
    engines: tuple[str, ...]
    how_to_add: str


def engine_catalog(config: EngineConfig) -> tuple[EngineEntry, ...]:
    engines = {name: entry_of(create_engine(name, config)) for name in ENGINES}
    return (auto_entry(*(engines[name] for name in AUTO_CHOICES)), *engines.values())


def engine_entry(config: EngineConfig, name: str) -> EngineEntry:
    """Raises OcrError(unknown_engine)."""
    if name == AUTO_ENGINE:
        return auto_entry(*(engine_entry(config, choice) for choice in AUTO_CHOICES))
    return entry_of(create_engine(name, config))


def engine_faults(config: EngineConfig) -> tuple[str, ...]:
    """Model files of the engines that cannot be used, in plain English."""
    engines = (create_engine(name, config) for name in ENGINES)
    return tuple(fault for engine in engines for fault in engine.faults())


def entry_of(engine: Engine) -> EngineEntry:
    found = engine.availability()
    languages = engine.languages() if found.available else ()
    return EngineEntry(engine.name, engine.title, found.available, found.reason, languages)


def auto_entry(*choices: EngineEntry) -> EngineEntry:
    """The entry of "auto", with all languages of the engines between which it chooses."""
    available = [entry for entry in choices if entry.available]
    languages = sorted({code for entry in available for code in entry.languages})
    reason = "" if available else choices[-1].reason
    return EngineEntry(AUTO_ENGINE, "Automatic", bool(available), reason, tuple(languages))


def language_catalog(config: EngineConfig) -> tuple[LanguageEntry, ...]:
    """Installed languages first, then all others that could be added; each part by name."""
    readers: dict[str, list[str]] = {}
    for engine in engine_catalog(config):
        for code in engine.languages:
            readers.setdefault(code, []).append(engine.name)
    codes = {*readers, *(language.code for language in known_languages())}
    entries = [_language_entry(code, tuple(readers.get(code, ()))) for code in codes]
    return tuple(sorted(entries, key=lambda entry: (not entry.engines, entry.name)))


def check_entry(entry: EngineEntry, languages: tuple[str, ...]) -> None:
    """Refuse a request that this site cannot serve.

    Raises OcrError(engine_unavailable, unknown_language).
    """
    if not entry.available:
        message = f"The engine {entry.name} is not installed here. {entry.reason}"
        raise OcrError("engine_unavailable", message)
    for code in languages:
        if code != AUTO and code not in entry.languages:
            raise _unknown_language(code, entry)


def how_to_add_language(code: str) -> str:
    package = "tesseract-ocr-" + code.lower().replace("_", "-").replace("/", "-")
    return f"Install the package {package}, or put {code}.traineddata into the tessdata folder."


def _language_entry(code: str, engines: tuple[str, ...]) -> LanguageEntry:
    language = language_of(code)
    how_to_add = "" if engines else how_to_add_language(code)
    return LanguageEntry(code, language.name, language.native_name, engines, how_to_add)


def _unknown_language(code: str, entry: EngineEntry) -> OcrError:
    listed = ", ".join(entry.languages) or "none"
    message = (
        f"The language “{code[:40]}” is not installed for {entry.name}. Installed: {listed}. "
        f"{how_to_add_language(code[:40])}"
    )
    return OcrError("unknown_language", message)
