"""Forms of the entry page."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .recognize import OptionsForm

TAG_LENGTH = 40
TAG_COUNT = 20


class DetailsForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    tags = forms.CharField(
        label=_("Tags"),
        max_length=1000,
        required=False,
        help_text=_("Separated by commas. Search for #tag to find them."),
    )
    notes = forms.CharField(
        label=_("Notes"), max_length=10_000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def clean_tags(self) -> list[str]:
        """Distinct names without surrounding spaces and number signs."""
        names = (name.strip().lstrip("#").strip() for name in self.cleaned_data["tags"].split(","))
        tags = list(dict.fromkeys(name for name in names if name))
        if len(tags) > TAG_COUNT or any(len(tag) > TAG_LENGTH for tag in tags):
            raise forms.ValidationError(_("At most 20 tags of 40 characters."), code="tags")
        return tags


class CorrectionForm(forms.Form):
    text = forms.CharField(
        label=_("Text"),
        max_length=1_000_000,
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 18, "dir": "auto", "spellcheck": "true"}),
    )


class CellsForm(forms.Form):
    """Texts of a table's cells as fields `cell-<row>-<column>`; the other cells stay."""

    CELL = re.compile(r"cell-(\d{1,5})-(\d{1,5})", re.ASCII)
    LONGEST = 5_000

    table = forms.IntegerField(min_value=1, max_value=100_000)

    def clean(self) -> dict[str, Any]:
        found = {name: match for name in self.data if (match := self.CELL.fullmatch(name))}
        texts = {
            (int(match[1]), int(match[2])): str(self.data[name]) for name, match in found.items()
        }
        if any(len(text) > self.LONGEST for text in texts.values()):
            raise forms.ValidationError(_("A cell may have 5000 characters."), code="long")
        return {**self.cleaned_data, "texts": texts}


class AgainForm(OptionsForm):
    """Another recognition of the same file."""

    rotate = forms.TypedChoiceField(
        label=_("Turn"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[
            ("", _("Detect automatically")),
            ("0", _("As it is")),
            ("90", _("90° to the right")),
            ("180", _("Upside down")),
            ("270", _("90° to the left")),
        ],
    )


class ShareForm(forms.Form):
    days = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        choices=[(1, _("1 day")), (7, _("1 week")), (30, _("30 days"))],
        initial=7,
    )
    formats = forms.MultipleChoiceField(
        label=_("May be downloaded as"),
        choices=[
            ("pdf", _("PDF")),
            ("docx", _("Word")),
            ("xlsx", _("Tables (Excel)")),
            ("txt", _("Text")),
        ],
        initial=["pdf", "docx", "xlsx", "txt"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    password = forms.CharField(
        label=_("Password (optional)"),
        max_length=128,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Give it to your readers on another way than the link."),
    )


class SharePasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
