"""Second factors of programs that sign in with a password."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.base.forms import BaseAuthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import User

from app.ocr.errors import OcrError


def check(*, user: User, code: str = "") -> None:
    """Checks the second factor. code: from an authenticator app, or a recovery code.

    Raises OcrError: email_unverified, second_factor_required, second_factor_wrong.
    """
    if settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory" and not _has_verified_address(user):
        raise OcrError(
            "email_unverified", "First follow the link in the mail that was sent to you."
        )
    if not is_mfa_enabled(user):
        return
    if not code:
        raise OcrError(
            "second_factor_required",
            "This account has a second factor: make an API key on the account page, or send its "
            "code as `code` to /api/token_obtain_pair/.",
        )
    # allauth's form limits the attempts and accepts each code only once.
    if not BaseAuthenticateForm({"code": code}, user=user).is_valid():
        raise OcrError("second_factor_wrong", "The code of the second factor is not right.")


def _has_verified_address(user: User) -> bool:
    return bool(EmailAddress.objects.filter(user=user, verified=True).exists())
