"""The form of a new API key."""

from __future__ import annotations

import ipaddress
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from app.models import Scope

SCOPE_LABELS = [
    (Scope.OCR, _("Send files and follow their jobs")),
    (Scope.HISTORY, _("Read, correct and delete results")),
]


class KeyForm(forms.Form):
    """Fields of api_keys.create()."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("Which program uses it."))
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=SCOPE_LABELS,
        initial=list(Scope.values),
        widget=forms.CheckboxSelectMultiple,
    )
    expires_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Without one it works until you revoke it."),
    )
    networks = forms.CharField(
        label=_("Networks"),
        required=False,
        max_length=1000,
        help_text=_("Such as 192.0.2.0/24, with commas between several; empty means any."),
    )

    def clean_expires_on(self) -> datetime | None:
        day = self.cleaned_data["expires_on"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."), code="past")
        return timezone.make_aware(datetime.combine(day, time.max))

    def clean_networks(self) -> list[str]:
        texts = [part.strip() for part in self.cleaned_data["networks"].split(",") if part.strip()]
        try:
            return [str(ipaddress.ip_network(text, strict=False)) for text in texts]
        except ValueError as error:
            raise forms.ValidationError(
                _("Give networks such as 192.0.2.0/24."), code="network"
            ) from error

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "name": data["name"],
            "scopes": data["scopes"],
            "networks": data["networks"],
            "expires_at": data["expires_on"],
        }
