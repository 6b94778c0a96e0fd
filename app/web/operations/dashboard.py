"""The admin site's page about how the site is doing; staff only."""

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


# Sends strangers to the admin site's sign-in page, and people who are not staff away.
view = admin.site.admin_view(dashboard)
