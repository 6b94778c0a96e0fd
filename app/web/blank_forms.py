"""Forms that are not filled in yet, and lists, written once and not for each page.

Their languages have a hundred options, which take a tenth to a quarter of the time of a page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from app.services import installed
from app.services.engine_settings import engine_config
from app.services.history import exports

Context = Callable[[], dict[str, Any]]


def written(template: str, context: Context) -> SafeString:
    """The template with the context that the function makes.

    Both may depend only on the language of the pages and on the installed engines and languages.
    """
    default = engine_config().default_languages
    # Hashes of strings are kept, those of entries are not.
    languages = tuple((entry.code, entry.engines) for entry in installed.languages())
    facts = (get_language(), installed.engines(), languages, default)
    return _written(template, context, facts)


def format_links() -> SafeString:
    """Links to all formats of an entry."""
    return written("partials/format_links.html", _formats)


def _formats() -> dict[str, Any]:
    return {"formats": exports.formats()}


@lru_cache(maxsize=64)
def _written(template: str, context: Context, facts: tuple[object, ...]) -> SafeString:
    return render_to_string(template, context())
