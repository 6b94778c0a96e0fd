"""Settings as text from the environment, checked where they are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from typing import Any
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

YES, NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
DATABASES = ("sqlite", "postgres", "postgresql")
# Types of settings have methods of the same name.
Text, Number, YesNo, Names = str, int, bool, list[str]


class Environment(environ.FileAwareEnv):
    """Each method takes the name of a setting and its default, which an empty value stands for too.

    Raises ImproperlyConfigured, which says what is wrong and what would be right; it repeats no
    URLs, which may hold passwords. FileAwareEnv reads NAME from the file that NAME_FILE names.
    """

    def get_value(self, var: Text, cast: Any = None, default: Any = None, **how: Any) -> Any:
        try:
            value = self.ENVIRON.get(var, "").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{var}_FILE cannot be read: {error}") from error
        return self.parse_value(value, cast) if value else default

    def bool(self, var: Text, default: YesNo) -> YesNo:
        value = self.str(var, default=str(default)).lower()
        if value not in YES + NO:
            raise ImproperlyConfigured(f"{var} is {value!r}; say true or false.")
        return value in YES

    def int(self, var: Text, default: Number, least: Number = 0) -> Number:
        value = self.str(var, default=str(default))
        if not value.isdecimal() or int(value) < least:
            raise ImproperlyConfigured(f"{var} is {value!r}; say a whole number from {least} up.")
        return int(value)

    def choice(self, var: Text, default: Text, *others: Text) -> Text:
        value, known = self.str(var, default=default), (default, *others)
        if value not in known:
            raise ImproperlyConfigured(f"{var} is {value!r}; say one of {', '.join(known)}.")
        return value

    def list(self, var: Text, default: Names) -> Names:
        items = (item.strip() for item in self.str(var, default="").split(","))
        return [item for item in items if item] or default

    def networks(self, var: Text, default: Names) -> Names:
        networks = self.list(var, default)
        with _or_say(var, "networks such as 10.0.0.0/8, with commas"):
            return [str(ip_network(network)) for network in networks]

    def zone(self, var: Text, default: Text) -> Text:
        name = self.str(var, default=default)
        with _or_say(var, "a time zone such as Europe/Berlin"):
            return ZoneInfo(name).key

    def dict(self, var: Text, default: dict[Text, Text]) -> dict[Text, Text]:
        with _or_say(var, "name=value,name=value"):
            return super().dict(var, default=default)

    def db(self, var: Text, default: Text) -> dict[Text, Any]:
        url = self.str(var, default=default)
        with _or_say(var, "a URL such as postgres://user:password@host/name"):
            if url.partition(":")[0] not in DATABASES:
                raise ValueError(url)
            return self.db_url_config(url)

    def cache(self, var: Text, default: Text) -> dict[Text, Any]:
        url = self.str(var, default=default)
        with _or_say(var, "a URL such as redis://host:6379/1"):
            return self.cache_url_config(url)

    def email(self, var: Text, default: Text) -> dict[Text, Any]:
        url = self.str(var, default=default)
        with _or_say(var, "a URL such as smtp+tls://user:password@host:587"):
            return self.email_url_config(url)


@contextmanager
def _or_say(var: Text, wanted: Text) -> Iterator[None]:
    try:
        yield
    except (ImproperlyConfigured, LookupError, OSError, ValueError):
        raise ImproperlyConfigured(f"{var} cannot be read; say {wanted}.") from None
