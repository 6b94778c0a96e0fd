"""How django-allauth keeps the secrets of authenticator apps: a stolen database is not enough."""

from __future__ import annotations

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.utils.crypto import salted_hmac


class SecondFactorAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    """With a key of its own, derived from SECRET_KEY."""
    key = salted_hmac("app.web.second_factor", "authenticators", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
