"""The cockpit: charts, queue, workers, storage and alerts, for staff; others get a 404."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from app.services.operations import alerts, statistics, trends
from app.services.operations.trends import Days
from app.web import charts

RANGES = (7, 30, 90)  # days
DEFAULT_RANGE = 30


@never_cache
@require_GET
def cockpit(request: HttpRequest) -> HttpResponse:
    """`days`: one of RANGES; anything else is the default."""
    if not getattr(request.user, "is_staff", False):
        raise Http404
    asked = request.GET.get("days", "")
    count = int(asked) if asked in map(str, RANGES) else DEFAULT_RANGE
    days = Days.ending_today(count)
    names = [date_format(day, "j M") for day in days.all]
    context = {
        "ranges": RANGES,
        "range": count,
        "alerts": alerts.alerts(),
        "media": settings.MEDIA_S3_BUCKET or settings.MEDIA_ROOT,
        "charts": _charts(days, names),
        "failures": charts.bars(trends.failures(days)),
        "accounts": charts.bars(trends.busiest_accounts(days)),
        "queue": statistics.queue(),
        "waiting_since": statistics.waiting_since(),
        "running": statistics.running(),
        "workers": statistics.workers(),
        "storage": statistics.storage(),
        "engines": statistics.engines(),
    }
    return render(request, "cockpit/cockpit.html", context)


def _charts(days: Days, names: list[str]) -> dict[str, charts.Chart]:
    waits = trends.waits(days)
    halves = {_("half of them within"): [wait.half for wait in waits]}
    most = {_("95 % within"): [wait.most for wait in waits]}
    return {
        "pages": charts.stacked_columns(names, trends.pages_by_engine(days), rest=_("others")),
        "waits": charts.lines(names, {**halves, **most}),
    }
