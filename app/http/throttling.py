"""Throttles of the REST framework: requests per minute and pages per day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.exceptions import Throttled
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from app.models import Scope
from app.services.limits import quotas, rates
from app.services.limits.caller import sign_in_subject

from .caller import caller_of
from .client_address import client_address
from .request_state import state_of

if TYPE_CHECKING:  # DRF's views import this module through the settings
    from rest_framework.views import APIView


class QuotaExceeded(Throttled):
    default_detail = "The pages of this day are used up; the count starts over at midnight UTC."
    extra_detail_singular = extra_detail_plural = ""
    default_code = "quota_exceeded"


class RateThrottle(BaseThrottle):
    """Counts requests that change something; by default reading and polling are free.

    A view with `counts_reads = True` is counted for GET too.
    """

    rate: rates.Rate | None = None

    def allow_request(self, request: Request, view: APIView) -> bool:
        if not is_counted(request, view):
            return True
        self.rate = self.count(request)
        if self.rate is None:
            return True
        state_of(request).rate = self.rate  # for rate_limit_headers
        return not self.rate.exceeded

    def count(self, request: Request) -> rates.Rate | None:
        return rates.count(caller=caller_of(request))

    def wait(self) -> float | None:
        return float(self.rate.seconds_left) if self.rate else None


class SignInThrottle(RateThrottle):
    """For views that accept a password: counts by address, for all accounts together."""

    def count(self, request: Request) -> rates.Rate | None:
        subject = sign_in_subject(client_address(request))
        return rates.count_for(subject=subject, limit=settings.RATE_SIGN_IN)


class QuotaThrottle(BaseThrottle):
    """For views whose `key_scope` is ocr. Raises QuotaExceeded."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        if getattr(view, "key_scope", None) != Scope.OCR or not is_counted(request, view):
            return True
        if quotas.exceeded(caller=caller_of(request)):
            raise QuotaExceeded(wait=quotas.seconds_to_midnight())
        return True


def is_counted(request: Request, view: APIView) -> bool:
    return request.method not in SAFE_METHODS or getattr(view, "counts_reads", False)
