"""Forms of the account: sign-in, sign-up, deletion, and the test of a webhook."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from app.http.authentication import is_current_password


class SignupForm(AllauthSignupForm):
    """One password field, which can be made visible, with one line of help instead of all rules."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _(
            "At least 8 characters, not only digits. A few words are strong and easy to remember."
        )


class WebhookTestForm(forms.Form):
    url = forms.URLField(
        label=_("Address"),
        max_length=2000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )


class SignInForm(LoginForm):
    """django-allauth's form, with a label that names the expected input."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")


class DeleteAccountForm(forms.Form):
    """Requires the password again: an unattended browser must not be enough to erase everything.

    Accounts of a sign-in provider have no password, so their users type their user name instead.
    """

    password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )
    username = forms.CharField(label=_("Your user name"))

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        del self.fields["username" if request.user.has_usable_password() else "password"]

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if username != self.request.user.get_username():
            raise forms.ValidationError(_("That is not your user name."), code="wrong_name")
        return username

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not is_current_password(self.request, password):
            raise forms.ValidationError(_("That is not your password."), code="wrong_password")
        return password
