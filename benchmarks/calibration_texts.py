"""Texts of drawn pages for calibration: Django's translations, as the few sentences of
direction_texts repeat the same words, and so the same errors, on every page."""

from __future__ import annotations

import gettext
from dataclasses import replace
from functools import cache
from pathlib import Path

import django

from .direction_texts import Script

# Names of Django's folders.
CODES = {
    "English": "en", "German": "de", "Russian": "ru", "Greek": "el", "Arabic": "ar",
    "Persian": "fa", "Hebrew": "he", "Hindi": "hi", "Thai": "th", "Korean": "ko",
    "Japanese": "ja", "Georgian": "ka",
}  # fmt: skip
SHORTEST, LONGEST = 20, 220
# Of formatting and markup.
SPECIAL = frozenset("%{}<>\\|@")


def with_own_texts(script: Script) -> Script:
    """The script with all its translated messages as sentences, if Django has any."""
    found = _messages(CODES[script.name])
    return replace(script, sentences=found) if found else script


@cache
def _messages(code: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    files = f"locale/{code}/LC_MESSAGES/django.mo"
    for path in sorted(Path(django.__file__).parent.rglob(files)):
        with path.open("rb") as file:
            for text in gettext.GNUTranslations(file)._catalog.values():  # type: ignore[attr-defined]
                if SHORTEST <= len(text) <= LONGEST and not SPECIAL & set(text):
                    found[" ".join(text.split())] = None
    return tuple(found)
