"""Renderer of form fields: writes the common ones as Django would, but without templates.

Django renders two to five templates for each field and each of its options, half of the home page's
time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString, mark_safe

FOLDER = "django/forms/widgets/"
CHIPS = "chips"  # written here; there is no template of this name
Widget = dict[str, Any]


class FormRenderer(DjangoTemplates):
    def render(
        self, template_name: str, context: dict[str, Any], request: Any | None = None
    ) -> SafeString:
        write = WRITERS.get(template_name)
        if write is not None:
            return mark_safe(write(context["widget"]))  # noqa: S308  each part is escaped
        return mark_safe(super().render(template_name, context, request))  # noqa: S308  a template's


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_escaped(widget["value"])}"'
    name = _escaped(widget["name"])
    return f'<input type="{widget["type"]}" name="{name}"{value}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    name, value = _escaped(widget["name"]), _escaped(widget["value"] or "")
    return f'<textarea name="{name}"{_attributes(widget)}>\n{value}</textarea>'


def _box(widget: Widget) -> str:
    """One of several choices, with its label unless that is written beside it."""
    if not widget["wrap_label"]:
        return _input(widget)
    target = f' for="{widget["attrs"]["id"]}"' if widget["attrs"].get("id") else ""
    return f"<label{target}>{_input(widget)} {_escaped(widget['label'])}</label>"


def _boxes(widget: Widget) -> str:
    """Choices one below the other."""
    own = {name: widget["attrs"].get(name) or None for name in ("id", "class")}
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return f"<div{_attributes({'attrs': own})}>{groups}</div>"


def _group(name: object, options: list[Widget]) -> str:
    boxes = "".join(f"<div>{_box(option)}</div>" for option in options)
    return f"<div><label>{_escaped(name)}</label>{boxes}</div>" if name else boxes


def _chips(widget: Widget) -> str:
    """Choices without groups, side by side, of which there may be a hundred."""
    return "\n".join(_chip(it) for _, options, _ in widget["optgroups"] for it in options)


def _chip(option: Widget) -> str:
    target, label = _escaped(option["attrs"]["id"]), _escaped(option["label"])
    return f'<label class="chip" for="{target}">{_input(option)}{label}</label>'


def _select(widget: Widget) -> str:
    name = _escaped(widget["name"])
    lines = [f'<select name="{name}"{_attributes(widget)}>', *_lines(widget), "</select>"]
    return "\n".join(lines)


def _lines(widget: Widget) -> Iterator[str]:
    for group, options, _ in widget["optgroups"]:
        if group:
            yield f'<optgroup label="{_escaped(group)}">'
        yield from map(_option, options)
        if group:
            yield "</optgroup>"


def _option(option: Widget) -> str:
    value, label = _escaped(option["value"]), _escaped(option["label"])
    return f'<option value="{value}"{_attributes(option)}>{label}</option>'


def _attributes(widget: Widget) -> str:
    """Like django.forms.utils.flatatt, but without calling format_html for each attribute."""
    return "".join(
        f" {name}" if value is True else f' {name}="{_escaped(value)}"'
        for name, value in widget["attrs"].items()
        if value is not None and value is not False
    )


def _escaped(value: object) -> str:
    """The escaped text. Text that is safe, or becomes safe by translation, stays unchanged."""
    text = str(value)
    return text if hasattr(text, "__html__") else escape(text)


INPUTS = ("checkbox", "email", "hidden", "number", "password", "text", "url")
WRITERS: dict[str, Callable[[Widget], str]] = {
    **{f"{FOLDER}{kind}.html": _input for kind in INPUTS},
    f"{FOLDER}checkbox_option.html": _box,
    f"{FOLDER}checkbox_select.html": _boxes,
    f"{FOLDER}select.html": _select,
    CHIPS: _chips,
    f"{FOLDER}textarea.html": _textarea,
}
