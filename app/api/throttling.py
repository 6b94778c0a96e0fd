"""Limits of the API: requests per minute and pages per day, told to clients in headers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import Throttled
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from app.http.client_address import client_address
from app.models import ApiKey, Scope
from app.services.limits import quotas, rates
from app.services.limits.senders import Sender, sign_in_subject

if TYPE_CHECKING:  # DRF's views import this module through the settings
    from rest_framework.views import APIView


class QuotaExceeded(Throttled):
    default_detail = "The pages of this day are used up; they begin anew at midnight UTC."
    extra_detail_singular = extra_detail_plural = ""
    default_code = "quota_exceeded"


class RateThrottle(BaseThrottle):
    """Counts what changes something; reading and polling are free unless the view says otherwise.

    A view with `counts_reads = True` is counted for GET too.
    """

    rate: rates.Rate | None = None

    def allow_request(self, request: Request, view: APIView) -> bool:
        if not is_counted(request, view):
            return True
        self.rate = self.count(request)
        if self.rate is None:
            return True
        request._request.rate = self.rate  # for rate_limit_headers
        return not self.rate.exceeded

    def count(self, request: Request) -> rates.Rate | None:
        return rates.count(sender=sender_of(request))

    def wait(self) -> float | None:
        return float(self.rate.seconds_left) if self.rate else None


class SignInThrottle(RateThrottle):
    """For views that take a password: counted by address, whoever it claims to be."""

    def count(self, request: Request) -> rates.Rate | None:
        subject = sign_in_subject(client_address(request))
        return rates.count_for(subject=subject, limit=settings.RATE_SIGN_IN)


class QuotaThrottle(BaseThrottle):
    """For views whose `key_scope` is ocr. Raises QuotaExceeded, which says why."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        if getattr(view, "key_scope", None) != Scope.OCR or not is_counted(request, view):
            return True
        if quotas.exceeded(sender=sender_of(request)):
            raise QuotaExceeded(wait=quotas.seconds_to_midnight())
        return True


def is_counted(request: Request, view: APIView) -> bool:
    return request.method not in SAFE_METHODS or getattr(view, "counts_reads", False)


def sender_of(request: Request) -> Sender:
    owner = request.user if request.user and request.user.is_authenticated else None
    key = request.auth if isinstance(request.auth, ApiKey) else None
    return Sender(owner, key, client_address(request))


def rate_limit_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Middleware: X-RateLimit-* on every answer to a counted request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        rate: rates.Rate | None = getattr(request, "rate", None)
        if rate:
            response["X-RateLimit-Limit"] = str(rate.limit)
            response["X-RateLimit-Remaining"] = str(max(0, rate.remaining))
            response["X-RateLimit-Reset"] = str(rate.resets_at)
        return response

    return middleware
