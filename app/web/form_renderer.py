"""Renderer of form fields: Django's own, but for choices of one or several among many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

SELECT = "django/forms/widgets/select.html"


class FormRenderer(DjangoTemplates):
    """Writes <select> without templates, of which Django takes two for each option: a hundred
    languages would be half the time of a page."""

    def render(
        self, template_name: str, context: dict[str, Any], request: Any | None = None
    ) -> SafeString:
        if template_name == SELECT:
            return _select(context["widget"])
        return mark_safe(super().render(template_name, context, request))  # noqa: S308  a template's


def _select(widget: dict[str, Any]) -> SafeString:
    start = format_html('<select name="{}"{}>', widget["name"], flatatt(widget["attrs"]))
    lines = [start, *_lines(widget["optgroups"]), "</select>"]
    return mark_safe("\n".join(lines))  # noqa: S308  each line is escaped


def _lines(groups: list[tuple[str | None, list[dict[str, Any]], int]]) -> Iterator[str]:
    for name, options, _ in groups:
        if name:
            yield format_html('<optgroup label="{}">', name)
        yield from map(_option, options)
        if name:
            yield "</optgroup>"


def _option(option: dict[str, Any]) -> str:
    """Without format_html, which takes three times as long."""
    value, label = conditional_escape(str(option["value"])), conditional_escape(option["label"])
    attributes = flatatt(option["attrs"]) if option["attrs"] else ""
    return f'<option value="{value}"{attributes}>{label}</option>'
