"""Pages for requests that the site refuses: too many, too early, or not possible."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from app.http.error_messages import error_in_language
from app.http.errors import status_of
from app.ocr.errors import OcrError
from app.services.limits import quotas
from app.services.limits.caller import Caller

NOT_FOUND = 404


def refused(request: HttpRequest, error: OcrError) -> HttpResponse:
    """A page that gives the reason. Raises Http404 for a missing object, or one of another
    caller."""
    status = status_of(error.code)
    if status == NOT_FOUND:
        raise Http404(error.message) from error
    context = {"status": status, "sentence": error_in_language(error)}
    return render(request, "errors/refused.html", context, status=status)


def too_many(request: HttpRequest, *, wait: int, quota_of: Caller | None = None) -> HttpResponse:
    """Answers 429. wait: in seconds. quota_of: the caller, if the day's pages are used up."""
    limit = quotas.limit_of(quota_of) if quota_of else None
    context = {"wait": wait, "is_quota": quota_of is not None, "limit": limit}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(wait)
    return response
