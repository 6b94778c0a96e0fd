"""Reads the environment: a .env file beside manage.py, NAME_FILE secrets, the generated key."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from .environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent

env: Any = Environment(BASE_DIR / ".env")


def origin(url: str) -> str:
    """Scheme, host and port of a URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def secret_key(path: Path) -> str:
    """The key in that file; made there on the first start, readable by its owner only."""
    try:
        return _stored_key(path)
    except OSError as error:
        raise ImproperlyConfigured(f"DATA_DIR does not let this user in: {error}") from error


def _stored_key(path: Path) -> str:
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        # link() fails where another process was first: then both use that one's key.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()
