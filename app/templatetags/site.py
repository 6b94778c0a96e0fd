"""Template tags of the site's own pages."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from app.http.error_messages import failure_in_language
from app.models import BatchItem, Job
from app.ocr.confidence import level

register = template.Library()

BADGES = {"sure": "good", "check": "warn", "doubtful": "bad"}
# Formats that people open, most likely first.
FORMATS_FOR_PEOPLE = ("pdf", "docx", "xlsx", "txt")
Format = dict[str, str]


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> SafeString:
    """A picture from static/img/icons.svg; decorative unless it has a label."""
    said = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon" {}><use href="{}#{}"></use></svg>',
        SafeString(said),
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def fixed(template_name: str) -> SafeString:
    """The template, which may depend only on the language of the pages, so it is rendered once."""
    return _fixed(template_name, get_language())


@lru_cache(maxsize=128)
def _fixed(template_name: str, language: str) -> SafeString:
    return render_to_string(template_name)


@register.simple_tag(takes_context=True)
def current(context: template.Context, name: str) -> str:
    """Marks a link, given by URL name, if the current page belongs to that part of the site."""
    path = getattr(context.get("request"), "path", "")
    address = reverse(name)
    here = path == address if address == "/" else path.startswith(address)
    return SafeString('aria-current="page"') if here else ""


@register.filter
def percent(share: float | None) -> str:
    """0.938 -> "93 %": rounded down, so that only certainty is 100 %. Empty for None."""
    return "" if share is None else f"{int(share * 100)} %"


@register.filter
def error_sentence(failed: Job | BatchItem) -> str:
    """Says in the reader's language why a job failed or a file of a batch was rejected."""
    return failure_in_language(failed)


@register.filter
def confidence_level(share: float | None) -> str:
    """Class of a badge for a confidence: good, warn or bad."""
    return "" if share is None else BADGES[level(share)]


@register.filter
def marked(text: str, words: str) -> SafeString:
    """The text with every occurrence of the words in a <mark>, ignoring case."""
    found = [re.escape(word) for word in words.split()]
    if not found:
        return SafeString(escape(text))
    pieces = re.split(f"({'|'.join(found)})", text, flags=re.IGNORECASE)
    # Every second piece is a match, because the pattern is in parentheses.
    marks = (f"<mark>{escape(it)}</mark>" if at % 2 else escape(it) for at, it in enumerate(pieces))
    return SafeString("".join(marks))


@register.filter
def said_place(place: Any) -> str:
    """The known parts of a jobs.Place, such as "Files before yours: 3 · about 40 s"."""
    if not place:
        return ""
    parts = []
    if place.position is not None:
        ahead = _("Files before yours: {ahead}").format(ahead=place.ahead)
        parts.append(ahead if place.ahead else _("Next in the queue"))
    if place.seconds is not None:
        parts.append(_("about {time}").format(time=said_seconds(place.seconds)))
    return " · ".join(parts)


def said_seconds(seconds: int) -> str:
    """The time in the largest unit of which there are at least two, like static/js/place.js."""
    if seconds < 120:
        return _("{n} s").format(n=seconds)
    if seconds < 7200:
        return _("{n} min").format(n=round(seconds / 60))
    return _("{n} h").format(n=round(seconds / 3600))


@register.filter
def for_people(formats: list[Format]) -> list[Format]:
    """Those of services.history.exports.formats() that are for people, in menu order."""
    known = {entry["name"]: entry for entry in formats}
    return [known[name] for name in FORMATS_FOR_PEOPLE if name in known]


@register.filter
def for_programs(formats: list[Format]) -> list[Format]:
    """The formats that for_people() leaves out."""
    return [entry for entry in formats if entry["name"] not in FORMATS_FOR_PEOPLE]


@register.filter
def megabytes(size: int) -> str:
    """Limits are set in millions of bytes and shown alike: 2000000 -> "2 MB"."""
    return f"{size / 1_000_000:g} MB"
