"""Settings from the environment, checked when they are read.

Each `env_…` function takes the name of a setting and its default, which also replaces an empty
value. If NAME_FILE is set, NAME is read from the file that it names, which is meant for secrets. A
wrong value raises ImproperlyConfigured, which names the setting and what it must be; it repeats no
URLs, which may contain passwords.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from environ import FileAwareEnv

YES, NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
DATABASES = ("sqlite", "postgres", "postgresql")

_env = FileAwareEnv()


def read_file(path: Path) -> None:
    """Reads lines NAME=value, for names that the environment itself does not set."""
    _env.read_env(path)


def env_str(name: str, default: str = "") -> str:
    try:
        return _env.ENVIRON.get(name, "").strip() or default
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error


def env_bool(name: str, default: bool) -> bool:
    value = env_str(name, str(default)).lower()
    if value not in YES + NO:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be true or false.")
    return value in YES


def env_int(name: str, default: int, least: int = 0) -> int:
    value = env_str(name, str(default))
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(
            f"{name} is {value!r}; it must be a whole number of at least {least}."
        )
    return int(value)


def env_choice(name: str, default: str, *others: str) -> str:
    value, known = env_str(name, default), (default, *others)
    if value not in known:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one of {', '.join(known)}.")
    return value


def env_list(name: str, default: list[str] | None = None) -> list[str]:
    """Comma-separated items."""
    items = (item.strip() for item in env_str(name).split(","))
    return [item for item in items if item] or default or []


def env_dict(name: str) -> dict[str, str]:
    with _must_be(name, "name=value,name=value"):
        return dict(_pair(item) for item in env_list(name))


def env_networks(name: str, default: list[str]) -> list[str]:
    with _must_be(name, "networks such as 10.0.0.0/8, with commas"):
        return [str(ip_network(network)) for network in env_list(name, default)]


def env_time_zone(name: str, default: str) -> str:
    with _must_be(name, "a time zone such as Europe/Berlin"):
        return ZoneInfo(env_str(name, default)).key


def env_database(name: str, default: str) -> dict[str, Any]:
    url = env_str(name, default)
    with _must_be(name, "a URL such as postgres://user:password@host/name"):
        if url.partition(":")[0] not in DATABASES:
            raise ValueError(url)
        return dict(_env.db_url_config(url))


def env_cache(name: str, default: str) -> dict[str, Any]:
    url = env_str(name, default)
    with _must_be(name, "a URL such as redis://host:6379/1"):
        return dict(_env.cache_url_config(url))


def env_email(name: str, default: str) -> dict[str, Any]:
    """Django's EMAIL_… settings, by name."""
    url = env_str(name, default)
    with _must_be(name, "a URL such as smtp+tls://user:password@host:587"):
        return {"EMAIL_USE_TLS": False, "EMAIL_USE_SSL": False, **_env.email_url_config(url)}


@contextmanager
def _must_be(name: str, wanted: str) -> Iterator[None]:
    try:
        yield
    except (ImproperlyConfigured, LookupError, OSError, ValueError):
        raise ImproperlyConfigured(f"{name} cannot be read; it must be {wanted}.") from None


def _pair(item: str) -> tuple[str, str]:
    key, value = item.split("=", 1)
    return key, value


def secret_key(path: Path) -> str:
    """The key in the file, which is created on first start, readable only by its owner."""
    try:
        return _stored_key(path)
    except OSError as error:
        raise ImproperlyConfigured(f"DATA_DIR cannot be used: {error}") from error


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
        # link() fails if another process was first; then both use that process's key.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()
