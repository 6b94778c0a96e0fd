"""The dashboard of the admin site, for staff."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from app.services.operations import statistics


def dashboard(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Dashboard",
        "days": statistics.pages_per_day(),
        "engines": statistics.engines(),
        "failures": statistics.failures(),
        "queue": statistics.queue(),
        "waiting_since": statistics.waiting_since(),
        "running": statistics.running(),
        "workers": statistics.workers(),
        "storage": statistics.storage(),
    }
    return render(request, "admin/dashboard.html", context)


# Redirects everyone but staff to the sign-in page of the admin site.
view = admin.site.admin_view(dashboard)
