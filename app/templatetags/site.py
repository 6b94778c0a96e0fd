"""Template tags of the site's own pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A picture of static/img/icons.svg; decoration unless it has a label."""
    said = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon" {}><use href="{}#{}"></use></svg>',
        SafeString(said),
        static("img/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def current(context: template.Context, *names: str) -> str:
    """Marks the link to the page that is shown, by its URL name."""
    match = getattr(context.get("request"), "resolver_match", None)
    return SafeString('aria-current="page"') if match and match.url_name in names else ""


@register.filter
def percent(share: float | None) -> str:
    """0.938 -> "93 %", so that only certainty is 100 %; nothing for None."""
    return "" if share is None else f"{int(share * 100)} %"


@register.filter
def confidence_level(share: float | None) -> str:
    """How far a recognition may be trusted: good, warn or bad, as the badges are named."""
    if share is None:
        return ""
    return "good" if share >= 0.9 else "warn" if share >= 0.7 else "bad"


@register.filter
def megabytes(size: int) -> str:
    """Limits are set in millions of bytes and said so: 2000000 -> "2 MB"."""
    return f"{size / 1_000_000:g} MB"


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    """A value by a key that is itself a variable."""
    return mapping.get(key, "")
