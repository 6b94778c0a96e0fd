"""Base view of all vendor APIs: switch, keys, size limits, and errors in the vendor's form.

A vendor API is a module or package that reads a request, submits the file, and renders the result
tree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from app.http.authentication import KeyAuthentication
from app.http.bodies.size import check_body_size, max_file_bytes
from app.http.errors import status_of
from app.http.middleware.outages import RETRY_SECONDS
from app.http.negotiation import IgnoreAcceptHeader
from app.models import Scope
from app.ocr.errors import OcrError

# A number in digits, short enough to index any list.
NUMBER = re.compile("[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Failure:
    """An error before it is put into a vendor's form.

    status: that of our own API, but 401 for all keys and 504 for a timeout. code: of OcrError, or
    key_missing, invalid_key, throttled, method_not_allowed, parse_error or another of DRF's.
    retry_after: seconds, or None.
    """

    status: int
    code: str
    message: str
    retry_after: int | None = None

    @property
    def about_key(self) -> bool:
        return self.code in KEY_CODES

    @property
    def about_limits(self) -> bool:
        return self.status == 429

    @property
    def about_file(self) -> bool:
        return self.code in FILE_CODES


KEY_CODES = {"invalid_key", "key_missing", "key_expired", "key_network", "key_scope"}
FILE_CODES = {"empty_file", "unreadable_image", "unsupported_type", "bad_base64"}


class CompatView(APIView):
    """Subclasses name their switch and render failures in their vendor's form."""

    switch: ClassVar[str]
    schema = None
    swagger_schema = None
    key_scope = Scope.OCR
    authentication_classes: ClassVar[list[Any]] = [KeyAuthentication]
    permission_classes: ClassVar[list[Any]] = []
    content_negotiation_class = IgnoreAcceptHeader
    # False: open to anonymous callers if ANONYMOUS_OCR allows it.
    key_required: ClassVar[bool] = False
    # True: the vendor's clients cannot send a key.
    keyless: ClassVar[bool] = False
    max_files: ClassVar[int] = 1
    largest_body = None  # initial() checks the size

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not getattr(settings, self.switch):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Some vendors put the key into the body, which is read up to the highest limit to get it.
        check_body_size(request, self.max_files * settings.ACCOUNT_MAX_BYTES)
        if request.method not in self.allowed_methods:
            raise exceptions.MethodNotAllowed(str(request.method))  # before authentication
        super().initial(request, *args, **kwargs)
        if not (request.user.is_authenticated or self.anonymous_allowed()):
            raise OcrError("key_missing", "This needs an API key.")
        check_body_size(request, self.max_files * max_file_bytes(request))

    def anonymous_allowed(self) -> bool:
        return settings.ANONYMOUS_OCR and not self.key_required

    def failure(self, failure: Failure) -> HttpResponse:
        """The failure in the vendor's form."""
        return Response({"detail": failure.message}, failure.status)

    def handle_exception(self, exc: Exception) -> HttpResponse:
        failure = failure_of(exc)
        if failure is None:
            return super().handle_exception(exc)
        response = self.failure(failure)
        response.exception = True
        if failure.retry_after is not None:
            response["Retry-After"] = str(failure.retry_after)
        return response


def fields_of(request: Request) -> Mapping[str, Any]:
    """The fields of a form or of a JSON object. Raises OcrError for any other body."""
    if not isinstance(request.data, Mapping):
        raise OcrError("bad_option", "Send a form or a JSON object.")
    return request.data


def failure_of(error: Exception) -> Failure | None:
    """The error as Failure; None for faults of the site, which are logged and answered with 500."""
    if isinstance(error, OcrError):
        status = _status_of(error.code)
        retry_after = RETRY_SECONDS if status == 503 else None
        return Failure(status, error.code, error.message, retry_after)
    if isinstance(error, Http404):
        return Failure(404, "not_found", "Not found.")
    if isinstance(error, exceptions.Throttled):
        code = str(error.detail.code)
        return Failure(429, code, str(error.detail), error.wait and int(error.wait))
    if isinstance(error, exceptions.APIException):
        code = str(getattr(error.detail, "code", error.default_code))
        return Failure(error.status_code, code, str(error.detail))
    return None


def _status_of(code: str) -> int:
    """504 for a timeout, which to a vendor's client is that of the whole request."""
    if code == "page_timeout":
        return 504
    return 401 if code in KEY_CODES else status_of(code)
