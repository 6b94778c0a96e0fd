"""State that the parts of one request share: throttles, views and middleware, in this order.

It is stored in the request's META, which Django's and the REST framework's requests have in common.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from rest_framework.request import Request

from app.services.limits.rates import Rate

KEY = "onlineocr.state"


@dataclass(slots=True)
class RequestState:
    """rate: the count that the throttles found, for the X-RateLimit headers.

    deadline: the end of the time that the request may wait, by time.monotonic().
    deleted_from: the accounts that own the entries which the request is about to delete.
    """

    rate: Rate | None = None
    deadline: float | None = None
    deleted_from: frozenset[int] = frozenset()


def state_of(request: HttpRequest | Request) -> RequestState:
    state: RequestState = request.META.setdefault(KEY, RequestState())
    return state
