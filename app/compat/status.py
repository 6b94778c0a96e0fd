"""`GET /status` of ocrserver and tesseract-server, and the latter's health checks.

One body serves both kinds of clients: tesseract-server's data is under `data`, ocrserver's at
the top level.
"""

from __future__ import annotations

import os
import platform
import time
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from app.engines.tesseract.installed import installed_backend, version
from app.http.negotiation import IgnoreAcceptHeader
from app.services import installed

from .ocrserver import VERSION as OCRSERVER_VERSION

TESSERACT_SERVER_VERSION = "3.1.1"
STARTED = time.monotonic()


class OpenView(APIView):
    schema = None
    swagger_schema = None
    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    content_negotiation_class = IgnoreAcceptHeader


class StatusView(OpenView):
    def get(self, request: Request) -> Response:
        body: dict[str, Any] = {}
        if settings.COMPAT_OCRSERVER:
            body |= ocrserver_status()
        if settings.COMPAT_TESSERACT_SERVER:
            body |= {"data": tesseract_server_status()}
        if not body:
            raise Http404
        return Response(body)


class HealthView(OpenView):
    def get(self, request: Request, kind: str) -> Response:
        if not settings.COMPAT_TESSERACT_SERVER:
            raise Http404
        try:
            connection.ensure_connection()
        except DatabaseError:
            return Response({"status": "unavailable"}, 503)
        return Response({"status": "ok"})


def ocrserver_status() -> dict[str, Any]:
    codes = [entry.code for entry in installed.languages()]
    return {
        "message": "Hello!",
        "version": OCRSERVER_VERSION,
        "tesseract": {"version": version(installed_backend()), "languages": codes},
    }


def tesseract_server_status() -> dict[str, Any]:
    """The status, without pools: other processes do the recognition (GET /api/engines/)."""
    return {
        "version": TESSERACT_SERVER_VERSION,
        "commit": "",
        "host": {
            "hostname": settings.SITE_NAME,
            "platform": platform.system().lower(),
            "arch": platform.machine(),
            "uptime": round(time.monotonic() - STARTED, 2),
            "release": "",
            "loadavg": list(os.getloadavg()),
        },
        "processor": {"pools": []},
    }
