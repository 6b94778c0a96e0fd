"""Authentication with API keys by AWS signatures, for Textract, Rekognition and S3."""

from __future__ import annotations

from django.contrib.auth.models import User
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from app.http.authentication import refusal
from app.http.client_address import client_address
from app.models import ApiKey, Scope
from app.ocr.errors import OcrError
from app.services.accounts import api_keys

from .signature import Signature


class SignatureAuthentication(BaseAuthentication):
    """The access key id is the prefix of an API key; its secret is derived from the key."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey]:
        try:
            scope = Scope.HISTORY if request.method in SAFE_METHODS else Scope.OCR
            signature = Signature.of(request._request)
            key = api_keys.find_by_prefix(signature.key_id)
            signature.verify(request._request, api_keys.signing_secret(key=key))
            api_keys.admit(key=key, address=client_address(request), scope=scope)
        except OcrError as error:
            raise refusal(error) from error
        return key.owner, key
