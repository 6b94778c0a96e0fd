"""Request paths without the secrets that some vendor APIs put into them.

Telemetry and the request log use this module as well.
"""

from __future__ import annotations

import re
from typing import Any

# Names of secret parts of URL patterns: path keys, share links, password resets.
SECRET_PARTS = frozenset({"key", "token", "secret", "visitor"})
HIDDEN = "***"
_UUID = re.compile("[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}")
_LONG_WORD = re.compile("[A-Za-z0-9_=-]{24,}")


def loggable_path(request: Any) -> str:
    """A Django request's path without query string and secrets, in printable ASCII."""
    path = str(request.path)
    match = getattr(request, "resolver_match", None)
    for name, value in (match.kwargs if match else {}).items():
        if name in SECRET_PARTS:
            path = path.replace(str(value), HIDDEN)
    return hide_long_words(path).encode("unicode_escape").decode("ascii")[:500]


def hide_long_words(text: str) -> str:
    """Hides long words that may be keys, but not ids."""
    return _LONG_WORD.sub(lambda word: word[0] if _UUID.fullmatch(word[0]) else HIDDEN, text)
