"""AWS Textract: text detection, at `POST /` with X-Amz-Target. docs/compat/textract.md"""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from app.compat.base import CompatView, Failure
from app.http.authentication import refusal
from app.http.client_address import client_address
from app.models import ApiKey, Scope
from app.ocr.errors import OcrError
from app.services.accounts import api_keys

from .operations import OPERATIONS, parsed
from .signature import Signature

CONTENT_TYPE = "application/x-amz-json-1.1"
# Failure.code -> exception name; the rest by status.
EXCEPTIONS = {
    "bad_base64": "InvalidParameterException",
    "bad_signature": "InvalidSignatureException",
    "empty_file": "InvalidParameterException",
    "file_too_large": "DocumentTooLargeException",
    "invalid_key": "UnrecognizedClientException",
    "key_expired": "ExpiredTokenException",
    "key_missing": "MissingAuthenticationTokenException",
    "key_network": "AccessDeniedException",
    "key_scope": "AccessDeniedException",
    "no_job": "InvalidJobIdException",
    "no_upload": "InvalidS3ObjectException",
    "parse_error": "SerializationException",
    "password_required": "BadDocumentException",
    "too_many_pages": "DocumentTooLargeException",
    "too_many_pixels": "DocumentTooLargeException",
    "unknown_operation": "UnknownOperationException",
    "unreadable_image": "BadDocumentException",
    "unsupported_type": "UnsupportedDocumentException",
}
EXCEPTIONS_BY_STATUS = {
    422: "InternalServerError",
    429: "ProvisionedThroughputExceededException",
    503: "ThrottlingException",
}
SERVER_FAULTS = {"InternalServerError"}


class SignatureAuthentication(BaseAuthentication):
    """The access key id is an API key's prefix; its secret was shown when the key was made."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey]:
        try:
            signature = Signature.of(request._request)
            key = api_keys.find_by_prefix(signature.key_id)
            signature.verify(request._request, api_keys.signing_secret(key=key))
            api_keys.admit(key=key, address=client_address(request), scope=Scope.OCR)
        except OcrError as error:
            raise refusal(error) from error
        return key.owner, key


class TextractView(CompatView):
    switch = "COMPAT_TEXTRACT"
    authentication_classes = [SignatureAuthentication]
    key_required = True

    def post(self, request: Request) -> HttpResponse:
        operation = OPERATIONS.get(request.headers["X-Amz-Target"])
        if operation is None:
            raise OcrError("unknown_operation", "Only text detection is served here.")
        return answer(operation(request, parsed(request._request.body)), 200)

    def failure(self, failure: Failure) -> HttpResponse:
        by_status = EXCEPTIONS_BY_STATUS.get(failure.status, "InvalidParameterException")
        name = EXCEPTIONS.get(failure.code, by_status)
        status = 500 if name in SERVER_FAULTS else 400
        response = answer({"__type": name, "message": failure.message}, status)
        response["x-amzn-ErrorType"] = name
        return response


def answer(body: dict[str, Any], status: int) -> HttpResponse:
    headers = {"x-amzn-RequestId": str(uuid.uuid4())}
    return HttpResponse(json.dumps(body), CONTENT_TYPE, status, headers=headers)
