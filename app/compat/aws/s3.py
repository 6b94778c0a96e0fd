"""PUT and GET of S3 objects, which are the account's uploads. docs/compat/aws.md"""

from __future__ import annotations

import hashlib
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpResponse, HttpResponseBase
from rest_framework.request import Request

from app.compat.shared.objects import object_title, put_object
from app.compat.shared.recognition import store
from app.compat.shared.view import CompatView, Failure
from app.http.downloads import upload_response
from app.ocr.errors import OcrError

from .authentication import SignatureAuthentication
from .signed_body import object_bytes

LONGEST_TITLE = 200  # the column's length
# Failure.code -> S3's code and status; the rest by status.
ERRORS = {
    "bad_signature": ("SignatureDoesNotMatch", 403),
    "file_too_large": ("EntityTooLarge", 400),
    "invalid_key": ("InvalidAccessKeyId", 403),
    "key_missing": ("AccessDenied", 403),
    "key_name_too_long": ("KeyTooLongError", 400),
    "no_upload": ("NoSuchKey", 404),
    "not_implemented": ("NotImplemented", 501),
}
ERRORS_BY_STATUS = {
    401: ("AccessDenied", 403),
    403: ("AccessDenied", 403),
    404: ("NoSuchKey", 404),
    405: ("MethodNotAllowed", 405),
    429: ("SlowDown", 503),
    503: ("SlowDown", 503),
}


class ObjectView(CompatView):
    switch = "COMPAT_TEXTRACT"
    authentication_classes = [SignatureAuthentication]
    key_required = True

    def put(self, request: Request, bucket: str, key: str) -> HttpResponse:
        """Stores the file and starts a job; Textract's operations find it by its key."""
        title = object_title(bucket, key)
        if len(title) > LONGEST_TITLE:
            raise OcrError("key_name_too_long", f"At most {LONGEST_TITLE} characters are served.")
        content = object_bytes(request._request)
        store(request, content, name=key.rpartition("/")[2], title=title)
        return HttpResponse(headers={"ETag": etag(content)})

    def get(self, request: Request, bucket: str, key: str) -> HttpResponseBase:
        job = put_object(request, bucket, key)
        if job is None:
            raise OcrError("no_upload", "The specified key does not exist.")
        return upload_response(job.upload)

    def failure(self, failure: Failure) -> HttpResponse:
        by_status = ERRORS_BY_STATUS.get(failure.status, ("InvalidArgument", 400))
        code, status = ERRORS.get(failure.code, by_status)
        body = f"<Error><Code>{code}</Code><Message>{escape(failure.message)}</Message></Error>"
        return HttpResponse(body, "application/xml", status)


def etag(content: bytes) -> str:
    digest: Any = hashlib.md5(content, usedforsecurity=False)
    return f'"{digest.hexdigest()}"'
