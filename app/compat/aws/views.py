"""AWS Textract and Rekognition, at `POST /` with X-Amz-Target. docs/compat/aws.md"""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from app.compat.shared.view import CompatView, Failure
from app.ocr.errors import OcrError

from .authentication import SignatureAuthentication
from .documents import parsed
from .operations import OPERATIONS
from .rekognition import detect_text

CONTENT_TYPE = "application/x-amz-json-1.1"
# Failure.code -> exception name; the rest by status.
EXCEPTIONS = {
    "bad_base64": "InvalidParameterException",
    "bad_signature": "InvalidSignatureException",
    "empty_file": "InvalidParameterException",
    "file_too_large": "DocumentTooLargeException",
    "idempotency_mismatch": "IdempotentParameterMismatchException",
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
REKOGNITION = {
    "file_too_large": "ImageTooLargeException",
    "too_many_pixels": "ImageTooLargeException",
    "unreadable_image": "InvalidImageFormatException",
    "unsupported_type": "InvalidImageFormatException",
}
ALL_OPERATIONS = {**OPERATIONS, "RekognitionService.DetectText": detect_text}
EXCEPTIONS_BY_STATUS = {
    422: "InternalServerError",
    429: "ProvisionedThroughputExceededException",
    503: "ThrottlingException",
    504: "InternalServerError",
}
SERVER_FAULTS = {"InternalServerError"}


class AwsView(CompatView):
    switch = "COMPAT_TEXTRACT"
    authentication_classes = [SignatureAuthentication]
    key_required = True

    def post(self, request: Request) -> HttpResponse:
        operation = ALL_OPERATIONS.get(request.headers["X-Amz-Target"])
        if operation is None:
            raise OcrError("unknown_operation", "Only text, tables and layout are served here.")
        return answer(operation(request, parsed(request._request.body)), 200)

    def failure(self, failure: Failure) -> HttpResponse:
        name = EXCEPTIONS.get(failure.code) or EXCEPTIONS_BY_STATUS.get(
            failure.status, "InvalidParameterException"
        )
        if self.request.headers["X-Amz-Target"].startswith("Rekognition"):
            name = REKOGNITION.get(failure.code, name)
        status = 500 if name in SERVER_FAULTS else 400
        response = answer({"__type": name, "message": failure.message}, status)
        response["x-amzn-ErrorType"] = name
        return response


def answer(body: dict[str, Any], status: int) -> HttpResponse:
    headers = {"x-amzn-RequestId": str(uuid.uuid4())}
    return HttpResponse(json.dumps(body), CONTENT_TYPE, status, headers=headers)
