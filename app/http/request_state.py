"""State that throttles, views and middleware share during one request.

It is stored in META, which the requests of Django and of the REST framework share.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from rest_framework.request import Request

from app.services.limits.rates import Rate

KEY = "onlineocr.state"


@dataclass(slots=True)
class RequestState:
    """rate: the throttles' count, for the X-RateLimit headers. deadline: until when the request may
    wait, by time.monotonic(). deleted_from: owners of the entries that the request will delete.
    """

    rate: Rate | None = None
    deadline: float | None = None
    deleted_from: frozenset[int] = frozenset()


def state_of(request: HttpRequest | Request) -> RequestState:
    state: RequestState = request.META.setdefault(KEY, RequestState())
    return state
