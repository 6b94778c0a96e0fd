"""Settings as text from the environment, checked where they are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from environ import FileAwareEnv

YES, NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
DATABASES = ("sqlite", "postgres", "postgresql")

# In the class below these names are methods.
Text: TypeAlias = str
YesNo: TypeAlias = bool
Number: TypeAlias = int
Names: TypeAlias = list[str]
Values: TypeAlias = dict[str, Any]


class Environment:
    """Each method takes the name of a setting and its default, which an empty value stands for too.

    Raises ImproperlyConfigured, which says what is wrong and what would be right; it repeats no
    URLs, which may hold passwords. NAME is also read from the file that NAME_FILE names.
    """

    def __init__(self, file: Path | None = None) -> None:
        """file: lines NAME=value, for what the environment itself does not say."""
        self._env = FileAwareEnv()
        if file:
            self._env.read_env(file)

    def str(self, name: Text, default: Text) -> Text:
        try:
            return self._env.ENVIRON.get(name, "").strip() or default
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error

    def bool(self, name: Text, default: YesNo) -> YesNo:
        value = self.str(name, default=str(default)).lower()
        if value not in YES + NO:
            raise ImproperlyConfigured(f"{name} is {value!r}; say true or false.")
        return value in YES

    def int(self, name: Text, default: Number, least: Number = 0) -> Number:
        value = self.str(name, default=str(default))
        if not value.isdecimal() or int(value) < least:
            raise ImproperlyConfigured(f"{name} is {value!r}; say a whole number from {least} up.")
        return int(value)

    def choice(self, name: Text, default: Text, *others: Text) -> Text:
        value, known = self.str(name, default=default), (default, *others)
        if value not in known:
            raise ImproperlyConfigured(f"{name} is {value!r}; say one of {', '.join(known)}.")
        return value

    def list(self, name: Text, default: Names) -> Names:
        items = (item.strip() for item in self.str(name, default="").split(","))
        return [item for item in items if item] or default

    def dict(self, name: Text, default: dict[Text, Text]) -> dict[Text, Text]:
        with _or_say(name, "name=value,name=value"):
            return dict(_pair(item) for item in self.list(name, [])) or default

    def networks(self, name: Text, default: Names) -> Names:
        with _or_say(name, "networks such as 10.0.0.0/8, with commas"):
            return [str(ip_network(network)) for network in self.list(name, default)]

    def zone(self, name: Text, default: Text) -> Text:
        with _or_say(name, "a time zone such as Europe/Berlin"):
            return ZoneInfo(self.str(name, default=default)).key

    def db(self, name: Text, default: Text) -> Values:
        url = self.str(name, default=default)
        with _or_say(name, "a URL such as postgres://user:password@host/name"):
            if url.partition(":")[0] not in DATABASES:
                raise ValueError(url)
            return dict(self._env.db_url_config(url))

    def cache(self, name: Text, default: Text) -> Values:
        url = self.str(name, default=default)
        with _or_say(name, "a URL such as redis://host:6379/1"):
            return dict(self._env.cache_url_config(url))

    def email(self, name: Text, default: Text) -> Values:
        url = self.str(name, default=default)
        with _or_say(name, "a URL such as smtp+tls://user:password@host:587"):
            return dict(self._env.email_url_config(url))


@contextmanager
def _or_say(name: Text, wanted: Text) -> Iterator[None]:
    try:
        yield
    except (ImproperlyConfigured, LookupError, OSError, ValueError):
        raise ImproperlyConfigured(f"{name} cannot be read; say {wanted}.") from None


def _pair(item: Text) -> tuple[Text, Text]:
    key, value = item.split("=", 1)
    return key, value
