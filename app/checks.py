"""System checks of engines and folders; of safety too with `manage.py check --deploy`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register

from app.engines.runtime.available import refusal
from app.ocr.errors import OcrError
from app.recognition.catalog import engine_catalog, engine_faults
from app.services.engine_settings import engine_config


@register
def check_engines(**kwargs: Any) -> list[CheckMessage]:
    """At least one engine must run, and together they must read the site's default languages."""
    try:
        config = engine_config()
    except OcrError as error:
        return [Error(f"OCR_LANGUAGES: {error.message}", id="onlineocr.E008")]
    entries = engine_catalog(config)
    available = [entry for entry in entries if entry.available]
    reasons = "\n".join(f"{entry.name}: {entry.reason}" for entry in entries)
    if not available:
        return [Error("No engine can run.", hint=reasons, id="onlineocr.E001")]
    if settings.OCR_ENGINE not in {"auto", *(entry.name for entry in available)}:
        message = f"OCR_ENGINE is {settings.OCR_ENGINE}, which cannot run."
        return [Error(message, hint=reasons, id="onlineocr.E002")]
    known = {code for entry in available for code in entry.languages}
    return [_missing_language(code) for code in _default_languages() if code not in known]


@register
def check_runtime(**kwargs: Any) -> list[CheckMessage]:
    """The packages of OCR_RUNTIME are installed."""
    reason = refusal(settings.OCR_RUNTIME)
    return [Error(reason, id="onlineocr.E009")] if reason else []


def _default_languages() -> list[str]:
    return [code for code in engine_config().default_languages if code != "auto"]


def _missing_language(code: str) -> CheckMessage:
    package = f"tesseract-ocr-{code.replace('_', '-')}"
    return checks.Warning(
        f"OCR_LANGUAGES has {code}, which no engine reads here.",
        hint=f"Debian, Ubuntu: apt-get install {package}",
        id="onlineocr.W003",
    )


@register
def check_models(**kwargs: Any) -> list[CheckMessage]:
    """Model files have the checksums that they should have."""
    try:
        faults = engine_faults(engine_config())
    except OcrError:  # said by check_engines
        return []
    return [checks.Warning(fault, id="onlineocr.W009") for fault in faults]


@register
def check_folders(**kwargs: Any) -> list[CheckMessage]:
    """DATA_DIR, MEDIA_ROOT and RUN_DIR can be written, or can be made."""
    return [
        Error(
            f"{name} is {folder}, where this user cannot write.",
            hint=f"Make it, owned by {_user()}; or set {name} to another folder.",
            id="onlineocr.E004",
        )
        for name in ("DATA_DIR", "MEDIA_ROOT", "RUN_DIR")
        if not _is_writable(folder := Path(getattr(settings, name)))
    ]


def _is_writable(folder: Path) -> bool:
    """A missing folder counts as writable if it could be made."""
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    return existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)


def _user() -> str:
    return f"user {os.geteuid()}"


@register(Tags.security, deploy=True)
def check_deployment(**kwargs: Any) -> list[CheckMessage]:
    return [*_open_hosts(), *_open_secret(), *_open_sign_in()]


def _open_hosts() -> Iterator[CheckMessage]:
    if "*" in settings.ALLOWED_HOSTS:
        yield checks.Warning(
            "ALLOWED_HOSTS is *: requests could make links in mails lead to other sites.",
            hint="Name the hosts under which people reach this site.",
            id="onlineocr.W005",
        )


def _open_secret() -> Iterator[CheckMessage]:
    path = Path(settings.DATA_DIR) / "secret_key"
    if path.exists() and path.stat().st_mode & 0o077:
        yield checks.Warning(
            f"Other users of this machine can read {path}.",
            hint=f"chmod 600 {path}",
            id="onlineocr.W006",
        )


def _open_sign_in() -> Iterator[CheckMessage]:
    address = urlsplit(settings.OIDC_SERVER_URL)
    if address.scheme == "http" and address.hostname not in {"localhost", "127.0.0.1", "::1"}:
        yield checks.Warning(
            "OIDC_SERVER_URL is not https: anyone on the way can sign in as any user.",
            hint="Reach the provider over TLS.",
            id="onlineocr.W007",
        )
