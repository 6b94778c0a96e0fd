"""Which answers scripts of other web sites may read, beside CORS_ALLOWED_ORIGINS."""

from __future__ import annotations

from typing import Any

from corsheaders.signals import check_request_enabled
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from rest_framework.views import APIView


@receiver(check_request_enabled)
def open_to_all_origins(request: HttpRequest, **kwargs: Any) -> bool:
    """The API and the contracts, as the old services had it: no answer depends on a cookie then."""
    if not settings.COMPAT_CORS:
        return False
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return issubclass(getattr(view, "cls", object), APIView)
