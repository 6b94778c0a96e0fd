"""The privacy page, generated from the site's settings."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from app.http.caller import caller_of
from app.services.operations import privacy


@require_GET
def privacy_page(request: HttpRequest) -> HttpResponse:
    owner = caller_of(request).owner
    context = {
        "retention": privacy.retention(),
        "servers": privacy.other_servers(),
        "webhook_hosts": privacy.webhook_hosts(owner=owner) if owner else [],
        "visitors_allowed": settings.ANONYMOUS_OCR,
        "staff_sees_texts": settings.STAFF_SEES_TEXTS,
    }
    return render(request, "privacy/privacy.html", context)
